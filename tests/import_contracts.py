"""Kinds of import contracts that import-linter does not bring: `reserved`, `barred` and `standard_library`.

All look at direct imports only and are content with modules that do not exist, so that a contract can stand before
the package it is about; one that exists is always checked.
"""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Link = tuple[str, str]


def covers(pattern: str, module: str) -> str:
    """Return the module or package meant by `pattern` that `module` lies in; "a.b.*" means each package in a.b."""
    if not pattern.endswith(".*"):
        return pattern if f"{module}.".startswith(f"{pattern}.") else ""
    parent = pattern.removesuffix("*")
    return parent + module.removeprefix(parent).split(".")[0] if module.startswith(parent) else ""


def covered(patterns: Iterable[str], module: str) -> str:
    """Return what the first pattern that covers the module means, or nothing."""
    return next(filter(None, (covers(pattern, module) for pattern in patterns)), "")


class DirectImportContract(Contract):  # type: ignore[misc]  # import-linter's fields are not typed
    """A contract that looks at one direct import after the other."""

    @abstractmethod
    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether this import may stand."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of the project."""
        links = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if not graph.is_module_squashed(importer)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.allows(importer, imported)
        ]
        return ContractCheck(kept=not links, metadata={"links": links})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that may not stand."""
        for importer, imported in check.metadata["links"]:
            output.print_error(f"{importer} imports {imported}")


class Reserved(DirectImportContract):
    """Only `importers`, and a module's own package, may import `modules`; those in `open` are free."""

    type_name = "reserved"
    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())
    open = fields.ListField(subfield=fields.StringField(), default=())

    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether the importer is among those who may, or inside the module itself."""
        reserved = covered(self.modules, imported)
        free = not reserved or covered(self.open, imported)
        return bool(free or covers(reserved, importer) or covered(self.importers, importer))


class Barred(DirectImportContract):
    """`importers` may not import `modules`."""

    type_name = "barred"
    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether the importer is not concerned, or the module not barred."""
        return not (covered(self.importers, importer) and covered(self.modules, imported))


class StandardLibraryOnly(DirectImportContract):
    """`packages` import each other, themselves and the standard library."""

    type_name = "standard_library"
    packages = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether the imported module is the standard library's or one of the packages."""
        concerned = covered(self.packages, importer)
        own = covered(self.packages, imported) or imported == "musync"
        return bool(not concerned or own or imported.partition(".")[0] in sys.stdlib_module_names)

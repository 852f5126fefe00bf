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


def covers(name: str, module: str) -> bool:
    """Tell whether a module is the one of this name or lies in it."""
    return f"{module}.".startswith(f"{name}.")


def covered(names: Iterable[str], module: str) -> str:
    """Return the first of the names that covers the module, or nothing."""
    return next((name for name in names if covers(name, module)), "")


def folders(patterns: Iterable[str], graph: ImportGraph) -> list[str]:
    """Return the names meant by patterns: "a.b.*" means each package in a.b, but none of its plain modules."""
    names = [pattern for pattern in patterns if not pattern.endswith(".*")]
    for parent in (pattern.removesuffix(".*") for pattern in patterns if pattern.endswith(".*")):
        children = graph.find_children(parent) if parent in graph.modules else ()
        names += sorted(child for child in children if graph.find_children(child))
    return names


class DirectImportContract(Contract):  # type: ignore[misc]  # import-linter's fields are not typed
    """A contract that looks at one direct import after the other."""

    def prepare(self, graph: ImportGraph) -> None:
        """Look at the graph as a whole first."""

    @abstractmethod
    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether this import may stand."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of the project."""
        self.prepare(graph)
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
    """Only `importers`, and a module's own package, may import `modules`; "a.b.*" means each package in a.b."""

    type_name = "reserved"
    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def prepare(self, graph: ImportGraph) -> None:
        """Find the packages that are meant."""
        self.reserved = folders(self.modules, graph)

    def allows(self, importer: str, imported: str) -> bool:
        """Tell whether the importer is among those who may, or inside the module itself."""
        reserved = covered(self.reserved, imported)
        return not reserved or covers(reserved, importer) or bool(covered(self.importers, importer))


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

"""The one thing a style sheet cannot say: that QWizard shall put no margins round rail, page and footer."""

from __future__ import annotations

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

_P = QStyle.PixelMetric
_MARGINS = {
    _P.PM_LayoutLeftMargin,
    _P.PM_LayoutRightMargin,
    _P.PM_LayoutTopMargin,
    _P.PM_LayoutBottomMargin,
    _P.PM_LayoutHorizontalSpacing,
    _P.PM_LayoutVerticalSpacing,
}


class FlushStyle(QProxyStyle):
    """The style of the wizard itself and its frames; everything else keeps the application's."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Answer 0 for margins, else what the base style says."""
        if metric in _MARGINS:
            return 0
        return super().pixelMetric(metric, option, widget)

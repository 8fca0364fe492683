// Which pictures there are to be saved or copied, and the menus of the views that show them.
#include "app/window/dockarea.h"
#include "app/window/mainwindow.h"
#include "app/window/viewvalues.h"
#include "app/window/workspace.h"
#include "widgets/charts/losscurve.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/charts/viewfigures.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QMenu>
#include <QMimeData>
#include <algorithm>

namespace pare {

namespace {

PlotFigure inspected(const InspectorPanel &panel, FigureKind kind)
{
    const QString layer = panel.data().layer;
    if (kind == FigureKind::Histogram)
        return histogramFigure(*panel.data().histogram, layer);
    if (kind == FigureKind::Spectrum) {
        const auto *view = panel.findChild<SpectrumView *>();
        return spectrumFigure(view->data(), view->rank(), layer);
    }
    const auto *view = panel.findChild<MatrixView *>();
    return matrixFigure(view->clearest(), view->shown(), layer);
}

} // namespace

bool MainWindow::hasFigure(FigureKind kind) const
{
    const InspectorPanel *panel = m_workspace->inspectorPanel();
    const InspectorData &inspector = panel->data();
    switch (kind) {
    case FigureKind::Chart:
        return !comparableRuns(*m_document).empty();
    case FigureKind::SecondChart:
        return !m_workspace->area()->dock(Panel::SecondChart)->isHidden() &&
               hasFigure(FigureKind::Chart);
    case FigureKind::Map:
        return m_document->modelState() == ModelState::Open;
    case FigureKind::Loss:
        return !m_workspace->shownTraining().points.empty();
    case FigureKind::Histogram:
        return inspector.histogram && !inspector.histogram->isEmpty();
    case FigureKind::Spectrum:
        return !inspector.layer.isEmpty() && inspector.spectrum.spectrum &&
               !inspector.spectrum.spectrum->values.empty();
    case FigureKind::Matrix:
        break;
    }
    return !inspector.layer.isEmpty() && !panel->findChild<MatrixView *>()->data().isEmpty();
}

FigureSubject MainWindow::figure(FigureKind kind) const
{
    FigureSubject subject{kind, {}, {}, {}, {}};
    const auto plotted = [&](const QString &name, PlotFigure figure) {
        subject.name = name;
        subject.title = figure.title;
        subject.caption = figure.caption;
        subject.shown = std::move(figure);
    };
    switch (kind) {
    case FigureKind::Chart:
    case FigureKind::SecondChart: {
        const bool second = kind == FigureKind::SecondChart;
        const TradeoffPanel *panel =
            second ? m_workspace->secondChartPanel() : m_workspace->chartPanel();
        TradeoffData data = panel->chart()->data();
        data.current.reset(); // of this window, not of the picture
        subject.name = second ? tr("The second chart") : tr("The chart");
        subject.title = tr("%1 against %2").arg(data.x.title, data.y.title);
        if (const auto runs = comparableRuns(*m_document); !runs.empty())
            subject.caption = tr("%1 examples, 95 % intervals").arg(runs.front()->examples);
        subject.shown = std::move(data);
        break;
    }
    case FigureKind::Map: {
        const LayerMap *map = m_workspace->mapPanel()->map();
        MapFigure shown{map->data(), {}};
        shown.options.colour = map->colour();
        shown.options.widths = map->widths();
        subject.name = tr("The layer map");
        subject.shown = std::move(shown);
        break;
    }
    case FigureKind::Loss:
        plotted(tr("The training"), lossFigure(m_workspace->shownTraining()));
        break;
    case FigureKind::Histogram:
        plotted(tr("The layer's histogram"), inspected(*m_workspace->inspectorPanel(), kind));
        break;
    case FigureKind::Spectrum:
        plotted(tr("The layer's singular values"), inspected(*m_workspace->inspectorPanel(), kind));
        break;
    case FigureKind::Matrix:
        plotted(tr("The layer's matrix"), inspected(*m_workspace->inspectorPanel(), kind));
        break;
    }
    return subject;
}

void MainWindow::exportFigure(FigureKind kind)
{
    std::vector<FigureSubject> subjects;
    for (const FigureKind one : figureKinds) {
        if (hasFigure(one))
            subjects.push_back(figure(one));
    }
    if (std::ranges::none_of(subjects, [kind](const auto &one) { return one.kind == kind; }))
        return;
    auto *dialog = new FigureDialog(std::move(subjects), kind, this);
    connect(dialog, &FigureDialog::failed, m_strip,
            [this](const QString &text) { m_strip->setProblem(text); });
    dialog->open();
}

std::optional<FigureKind> MainWindow::inspectorFigure() const
{
    switch (m_workspace->inspectorPanel()->tab()) {
    case InspectorTab::Weights:
        return FigureKind::Histogram;
    case InspectorTab::Spectrum:
        return FigureKind::Spectrum;
    case InspectorTab::Matrix:
        return FigureKind::Matrix;
    case InspectorTab::Options:
        break;
    }
    return std::nullopt;
}

/// The menu of each view that shows one; the chart has its own, and a button.
void MainWindow::offerFigures()
{
    const InspectorPanel *inspector = m_workspace->inspectorPanel();
    const std::pair<FigureKind, QWidget *> views[] = {
        {FigureKind::Map, m_workspace->mapPanel()->map()},
        {FigureKind::Loss, m_workspace->trainingPanel()->findChild<LossCurve *>()},
        {FigureKind::Histogram, inspector->findChild<HistogramView *>()},
        {FigureKind::Spectrum, inspector->findChild<SpectrumView *>()},
        {FigureKind::Matrix, inspector->findChild<MatrixView *>()}};
    for (const auto &[kind, view] : views) {
        const FigureKind wanted = kind;
        auto *menu = new QMenu(view);
        const QString name = QLatin1String(nameOf(kind));
        menu->setObjectName(name + QStringLiteral("Menu"));
        const auto add = [&](const char *ending, const QString &text, auto act) {
            QAction *action = menu->addAction(text, this, act);
            action->setObjectName(name + QLatin1String(ending));
            connect(menu, &QMenu::aboutToShow, action,
                    [this, action, wanted] { action->setEnabled(hasFigure(wanted)); });
        };
        add("CopyPicture", tr("Copy the &picture"), [this, wanted] {
            if (hasFigure(wanted))
                QApplication::clipboard()->setMimeData(
                    copiedPicture(figure(wanted), FigureDialog::rememberedLook()).release());
        });
        add("CopyFigures", tr("Copy the &figures"), [this, wanted] {
            if (hasFigure(wanted))
                QApplication::clipboard()->setMimeData(copiedFigures(figure(wanted)).release());
        });
        add("SavePicture", tr("&Save the picture…"), [this, wanted] { exportFigure(wanted); });
        if (kind == FigureKind::Map) {
            offerLayers(menu);
            continue;
        }
        view->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(view, &QWidget::customContextMenuRequested, menu,
                [menu, view = view](const QPoint &at) { menu->popup(view->mapToGlobal(at)); });
    }
}

/// Before the pictures, what can be done with the layer that was meant.
void MainWindow::offerLayers(QMenu *pictures)
{
    connect(m_workspace->mapPanel()->map(), &LayerMap::menuRequested, pictures,
            [this, pictures](const QString &layer, const QPoint &at) {
                if (layer.isEmpty()) {
                    pictures->popup(at);
                    return;
                }
                auto *menu = new QMenu(m_workspace);
                menu->setObjectName(QStringLiteral("layerMenu"));
                menu->setAttribute(Qt::WA_DeleteOnClose);
                menu->setToolTipsVisible(true);
                m_workspace->fillLayerMenu(*menu, layer);
                Q_EMIT pictures->aboutToShow(); // says which of them there are
                menu->addActions(pictures->actions());
                menu->popup(at);
            });
}

} // namespace pare

#include "app/window/workspace.h"

#include "app/document/document.h"
#include "app/window/datavalues.h"
#include "app/window/dockarea.h"
#include "app/window/helppages.h"
#include "app/window/layerfilter.h"
#include "app/window/layerinspection.h"
#include "app/window/shortcuts.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/jobspanel.h"
#include "widgets/panels/modeltabs.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/runtable.h"

#include <QAction>
#include <QDockWidget>
#include <QMetaMethod>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

namespace pare {

namespace {

constexpr int lookDelay = 150; // milliseconds

} // namespace

Workspace::Workspace(Document &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_area(new DockArea)
    , m_models(new ModelTabs)
    , m_meter(new Meter)
    , m_notice(new NoticeBar)
    , m_map(new LayerMapPanel)
    , m_recipe(new RecipePanel)
    , m_chart(new TradeoffPanel)
    , m_secondChart(new TradeoffPanel(QStringLiteral("secondChart")))
    , m_runs(new RunsPanel)
    , m_compare(new ComparePanel)
    , m_answers(new AnswersPanel)
    , m_inspector(new InspectorPanel)
    , m_budget(new BudgetPanel)
    , m_recipeText(new RecipeText)
    , m_training(new TrainingPanel)
    , m_jobs(new JobsPanel)
    , m_inspection(new LayerInspection(document, *m_inspector, this))
{
    makeViews();
    m_lookTimer.setSingleShot(true);
    m_lookTimer.setInterval(lookDelay);
    connect(&m_lookTimer, &QTimer::timeout, this, &Workspace::lookAtSelection);
    connectDocument();
    connectRecipe();
    connectViews();
    connectWhatIf();
    connectTraining();
    connectJobs();
    connectMeasuring();
    makeRunDocks();
    refreshModels();
    refreshRuns();
}

/// Docks tell that they are hidden when they are deleted, which is too late for us.
Workspace::~Workspace()
{
    for (const QDockWidget *dock : m_area->docks())
        dock->disconnect(this);
}

void Workspace::makeViews()
{
    m_area->setCentralWidget(m_map);
    m_map->setObjectName(QStringLiteral("layerMap"));
    m_map->setFocusProxy(m_map->map());
    m_map->setMeasures(mapMeasureTitles());
    m_meter->setObjectName(QStringLiteral("meter"));
    m_map->map()->setAccessibleName(tr("Layer map"));
    setHelpPage(m_meter, QStringLiteral("numbers"));
    setHelpPage(m_map, QStringLiteral("layermap"));
    setHelpPage(m_recipe, QStringLiteral("recipe"));
    setHelpPage(m_inspector, QStringLiteral("inspector"));
    setHelpPage(m_chart, QStringLiteral("chart"));
    setHelpPage(m_secondChart, QStringLiteral("chart"));
    setHelpPage(m_runs, QStringLiteral("chart"));
    setHelpPage(m_budget, QStringLiteral("whatif"));
    setHelpPage(m_recipeText, QStringLiteral("recipe"));
    setHelpPage(m_jobs, QStringLiteral("chart"));
    setHelpPage(m_training, QStringLiteral("distillation"));
    m_area->addDock(Panel::Recipe, m_recipe, tr("Recipe"));
    m_area->addDock(Panel::Inspector, m_inspector, tr("Inspector"));
    m_area->addDock(Panel::Chart, m_chart, tr("Chart"));
    m_area->addDock(Panel::Runs, m_runs, tr("Runs"));
    m_area->addDock(Panel::Compare, m_compare, tr("Compare runs"));
    m_area->addDock(Panel::Answers, m_answers, tr("Changed answers"));
    m_area->addDock(Panel::Budget, m_budget, tr("Budget"));
    m_area->addDock(Panel::RecipeText, m_recipeText, tr("Recipe as text"));
    m_area->addDock(Panel::Training, m_training, tr("Training"));
    m_area->addDock(Panel::Jobs, m_jobs, tr("Jobs"));
    m_area->addDock(Panel::SecondChart, m_secondChart, tr("Second chart"));
    m_secondChart->setAxes({RunQuantity::Milliseconds, RunQuantity::Metric});
    m_area->arrange();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_models);
    column->addWidget(m_meter);
    column->addWidget(m_notice);
    column->addWidget(m_area, 1);
}

void Workspace::showBudget()
{
    m_area->showWide(Panel::Budget);
    m_budget->setFocus();
}

void Workspace::showRecipeText()
{
    m_area->showInFront(Panel::RecipeText);
    m_recipeText->setFocus();
}

void Workspace::showTraining()
{
    m_area->showWide(Panel::Training);
    m_training->setFocus();
}

/// Docks take sizes only once the window has its own.
void Workspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_arranged)
        return;
    m_arranged = true;
    const QByteArray state =
        m_layout.isEmpty() ? QSettings().value("window/layout").toByteArray() : m_layout;
    if (!m_area->restoreLayout(state))
        QTimer::singleShot(0, m_area, &DockArea::reset);
}

void Workspace::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Workspace::runExportRequested))
        m_runs->exportAction()->setVisible(true);
}

void Workspace::connectDocument()
{
    connect(&m_document, &Document::projectChanged, this, [this] {
        m_chosenStep.reset();
        m_shownRun.clear();
        m_inspection->forget();
        m_map->map()->setSelection({});
        refreshRuns();
    });
    connect(&m_document, &Document::forecastChanged, this, &Workspace::refresh);
    connect(&m_document, &Document::sensitivitiesChanged, this, &Workspace::refresh);
    connect(&m_document, &Document::modelChanged, this, [this] {
        m_inspection->forget();
        refreshModels();
        refreshRuns();
    });
    connect(&m_document, &Document::choicesChanged, this, [this] {
        m_shownRun.clear(); // whoever changes the recipe wants to see it
        if (m_chosenStep && *m_chosenStep >= m_document.choices().steps.size())
            m_chosenStep.reset();
        refreshRuns();
    });
    connect(&m_document, &Document::planChanged, this, &Workspace::refresh);
    connect(&m_document, &Document::dataStateChanged, this, &Workspace::refresh);
    connect(&m_document, &Document::runsChanged, this, &Workspace::refreshRuns);
    connect(m_inspection, &LayerInspection::changed, this, &Workspace::refreshSelection);
}

void Workspace::connectViews()
{
    connect(m_models, &ModelTabs::modelChosen, &m_document, &Document::openModel);
    connect(m_meter, &Meter::undoRequested, &m_document, &Document::undo);
    connect(m_meter, &Meter::redoRequested, &m_document, &Document::redo);
    connect(m_meter, &Meter::measureRequested, &m_document, &Document::measure);
    connect(m_notice, &NoticeBar::actionRequested, this, &Workspace::actOnNotice);
    connect(m_map->map(), &LayerMap::selectionChanged, this, [this] {
        refresh();
        m_lookTimer.start(0);
    });
    connect(m_map, &LayerMapPanel::measureChosen, this, [this](int measure) {
        m_measure = static_cast<MapMeasure>(measure);
        refreshMap(shown());
        wantMeasure(QString::fromStdString(m_map->map()->data().shown.key));
    });
    m_map->setShownColumns(QSettings().value("window/layerColumns").toStringList());
    const auto wantColumns = [this] {
        for (const QString &key : m_map->shownColumns())
            wantMeasure(key);
    };
    connect(m_map, &LayerMapPanel::tableShown, this, wantColumns);
    connect(m_map, &LayerMapPanel::columnsChanged, this, [this, wantColumns] {
        QSettings().setValue("window/layerColumns", m_map->shownColumns());
        wantColumns();
    });
    connect(m_inspector, &InspectorPanel::helpRequested, this, &Workspace::helpRequested);
    connect(m_map->map(), &LayerMap::toggled, this, &Workspace::toggleLayer);
    connect(m_map->map(), &LayerMap::activated, this,
            [this] { m_area->dock(Panel::Inspector)->show(); });
    connectChart(m_chart);
    connectChart(m_secondChart);
    connect(m_area->dock(Panel::SecondChart), &QDockWidget::visibilityChanged, this,
            [this](bool shown) {
                if (shown && isVisible()) // not while the window goes away, tab by tab
                    refresh();
            });
    connect(m_area->dock(Panel::Recipe), &QDockWidget::visibilityChanged, this, [this](bool shown) {
        if (!shown && !isVisible())
            return; // with the whole window, which may be on its way out
        m_recipeShown = shown;
        if (isVisible())
            refresh(); // what it says of data stands above without it
    });
    // After all know of them: the run that is shown is one of those that are selected.
    connect(m_runs, &RunsPanel::runsSelected, this, &Workspace::showOneOf);
    m_runs->runTable()->setShownColumns(
        QSettings().value("window/runColumns", m_runs->runTable()->shownColumns()).toStringList());
    m_runs->runTable()->setColumnLayout(QSettings().value("window/runColumnLayout").toStringList());
    connect(m_runs->runTable(), &RunTable::columnsChanged, this, [this] {
        QSettings().setValue("window/runColumns", m_runs->runTable()->shownColumns());
        QSettings().setValue("window/runColumnLayout", m_runs->runTable()->columnLayout());
    });
    for (QAction *action : m_runs->table()->actions()) {
        if (!action->objectName().isEmpty())
            makeChangeable(action, action->objectName());
    }
    connect(m_runs, &RunsPanel::runSelected, this, &Workspace::showRun);
    connect(m_runs, &RunsPanel::runActivated, this,
            [this](const QString &id) { m_document.restoreRun(id.toStdString()); });
}

void Workspace::connectChart(TradeoffPanel *panel)
{
    const TradeoffChart *chart = panel->chart();
    connect(chart, &TradeoffChart::runSelected, this, &Workspace::showRun);
    connect(chart, &TradeoffChart::runsSelected, m_runs, &RunsPanel::selectRuns);
    connect(m_runs, &RunsPanel::runsSelected, chart, &TradeoffChart::selectRuns);
    connect(chart, &TradeoffChart::runsSelected, this, &Workspace::showOneOf);
    connect(chart, &TradeoffChart::menuRequested, m_runs, &RunsPanel::showMenu);
    connect(chart, &TradeoffChart::runActivated, this,
            [this](const QString &id) { m_document.restoreRun(id.toStdString()); });
    connect(panel, &TradeoffPanel::axesChanged, this, &Workspace::refresh);
    connect(panel, &TradeoffPanel::exportRequested, this,
            [this, panel] { Q_EMIT chartExportRequested(panel); });
}

void Workspace::makeRunDocks()
{
    connect(m_runs, &RunsPanel::deleteRequested, this, [this](const QStringList &ids) {
        if (ids.contains(m_shownRun))
            m_shownRun.clear();
    });
    QDockWidget *compare = m_area->dock(Panel::Compare);
    QDockWidget *answers = m_area->dock(Panel::Answers);
    connect(m_compare, &ComparePanel::closeRequested, compare, &QWidget::close);
    connect(m_answers, &AnswersPanel::closeRequested, answers, &QWidget::close);
    m_runDocks = new RunDocks(m_document, {m_runs, m_compare, m_answers, compare, answers}, this);
    connect(m_runDocks, &RunDocks::runWanted, this, &Workspace::showRun);
    connect(m_runDocks, &RunDocks::exportRequested, this, &Workspace::runExportRequested);
    connect(m_runDocks, &RunDocks::comparedChanged, this, [this](const QStringList &ids) {
        m_comparedRuns = ids;
        refreshMap(shown());
    });
    connect(m_runDocks, &RunDocks::layersNamed, this, [this](const QStringList &layers) {
        m_map->map()->setSelection(layers);
        refresh();
    });
}

Shown Workspace::shown() const
{
    if (const Run *run =
            m_shownRun.isEmpty() ? nullptr : m_document.findRun(m_shownRun.toStdString()))
        return {m_document.planFor(run->recipe), run, true};
    Shown now{m_document.plan(), m_document.currentRun(), false};
    // Whatever was never asked may do anything: a band from nothing to all says nothing. And the
    // model as it is needs no prediction.
    if (const Forecast &forecast = m_document.forecast();
        forecast.state != Forecast::State::Unknown && forecast.unmeasured == 0 &&
        !now.plan.recipe.empty())
        now.forecast = forecast;
    return now;
}

/// Two of the runs that stand side by side: the first, and the one after it.
ComparedRuns Workspace::compared() const
{
    if (m_comparedRuns.size() < 2)
        return {};
    return {m_document.findRun(m_comparedRuns[0].toStdString()),
            m_document.findRun(m_comparedRuns[1].toStdString())};
}

void Workspace::refreshMap(const Shown &now)
{
    const ComparedRuns pair = compared();
    if (const QStringList titles = mapMeasureTitles(pair); titles != m_map->measures())
        m_map->setMeasures(titles);
    m_map->setData(mapData(m_document, now, m_measure, pair));
    if (!m_unknown.isEmpty() && !knownOfNone(m_unknown, m_map->map()->data()))
        findLayers(m_map->sought());
}

void Workspace::wantMeasure(const QString &key)
{
    if (const std::optional<FigureDepth> depth = figuresFor(key.toStdString()))
        m_document.wantFigures(*depth);
}

/// Everything but the list of runs; views that are given what they show already change nothing.
void Workspace::refresh()
{
    const Shown now = shown();
    m_map->setSummary(m_document.modelState() == ModelState::Open ? modelSummary(m_document.model())
                                                                  : QString());
    refreshMap(now);
    const MeterData meter = meterData(m_document, now);
    m_meter->setData(meter);
    const Notice notice = noticeOf(m_document, now);
    m_notice->setNotice(!notice.besideData || !m_recipeShown    ? notice
                        : m_document.choices().dataPath.empty() ? missingData()
                                                                : Notice());
    m_map->setEmpty(notice.text, notice.action);
    offerMeasuring(meter.canMeasure ? tr("Measure") : notice.action,
                   lacksWeights(m_document) ? noWeightsText() : QString());
    const QString run = now.run ? QString::fromStdString(now.run->id) : QString();
    const auto runs = comparableRuns(m_document);
    for (TradeoffPanel *panel : {m_chart, m_secondChart}) {
        if (panel == m_secondChart && m_area->dock(Panel::SecondChart)->isHidden())
            continue; // most people have one; it is filled when it is shown
        panel->setData(chartData(runs, now, panel->axes(), m_document.runNotes()));
        panel->chart()->selectRun(run);
    }
    m_runs->selectRun(run);
    m_runDocks->setShownRun(run);
    RecipePanelData recipe = recipeData(m_document, now, m_chosenStep);
    recipe.selectedLayers = static_cast<int>(m_map->map()->selection().size());
    recipe.strength = strengthData();
    m_recipe->setData(recipe);
    refreshSelection();
    refreshBudget();
    refreshRecipeText();
    refreshTraining();
    m_lookTimer.start(lookDelay);
}

void Workspace::refreshRuns()
{
    std::vector<Run> runs;
    ExportsOfRuns exports;
    for (const Run *run : comparableRuns(m_document, DeletedRuns::Included)) {
        runs.push_back(*run);
        if (RunExports own = exportsOf(m_document, *run); !own.lines.isEmpty())
            exports[run->id] = std::move(own);
    }
    m_runs->setRuns(runs, m_document.runNotes(), exports);
    m_area->setFilledBelow(!runs.empty());
    refresh();
}

void Workspace::refreshSelection()
{
    const QStringList selected = m_map->map()->selection();
    const Run *run = m_shownRun.isEmpty() ? m_document.currentRun()
                                          : m_document.findRun(m_shownRun.toStdString());
    const bool editable = m_shownRun.isEmpty() && !m_document.isReadOnly();
    InspectorData data = inspectorData(m_document, m_map->map()->data(),
                                       {selected, m_inspection->seen(), run, editable});
    data.steps = m_shownRun.isEmpty() ? layerSteps() : std::vector<LayerStepData>();
    data.editable = editable;
    m_inspector->setData(data);
}

void Workspace::lookAtSelection()
{
    const QStringList selected = m_map->map()->selection();
    const bool single = selected.size() == 1 && m_document.modelState() == ModelState::Open;
    const Run *run = m_shownRun.isEmpty() ? nullptr : m_document.findRun(m_shownRun.toStdString());
    m_inspection->inspect(single ? selected.first() : QString(),
                          run ? run->recipe : m_document.plan().recipe);
}

void Workspace::showRun(const QString &id)
{
    const Run *current = m_document.currentRun();
    m_shownRun = current && QString::fromStdString(current->id) == id ? QString() : id;
    refresh();
}

void Workspace::showOneOf(const QStringList &ids)
{
    const Run *shownNow = shown().run;
    if (ids.size() > 1 && !(shownNow && ids.contains(QString::fromStdString(shownNow->id))))
        showRun(ids.first());
}

void Workspace::showNeighbourRun(int direction)
{
    const QAbstractItemModel *rows = m_runs->table()->model();
    if (rows->rowCount() == 0)
        return;
    const QModelIndex current = m_runs->table()->currentIndex();
    const int row =
        current.isValid() ? std::clamp(current.row() + direction, 0, rows->rowCount() - 1) : 0;
    showRun(rows->index(row, 0).data(RunsModel::IdRole).toString());
}

void Workspace::actOnNotice()
{
    if (const Run *run = shown().run; run && m_document.isElsewhere(*run)) {
        m_document.setData(DataUse::Measuring, QString::fromStdString(run->dataPath));
        return;
    }
    const bool data =
        m_document.modelState() == ModelState::Open && m_document.model().weightsKnown;
    if (!data)
        Q_EMIT modelRequested();
    else if (m_document.choices().dataPath.empty() || dataProblem(m_document))
        Q_EMIT dataRequested(DataUse::Measuring);
    else
        Q_EMIT dataRequested(DataUse::Calibration);
}

} // namespace pare

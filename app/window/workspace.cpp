#include "app/window/workspace.h"

#include "app/document/document.h"
#include "app/window/docktitle.h"
#include "app/window/helppages.h"
#include "app/window/layerinspection.h"
#include "app/window/layerselection.h"
#include "app/window/rundocks.h"
#include "core/base/error.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/jobspanel.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/runtable.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMetaMethod>
#include <QSettings>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace pare {

namespace {

constexpr int lookDelay = 150; // milliseconds

} // namespace

Workspace::Workspace(Document &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_area(new QMainWindow)
    , m_meter(new Meter)
    , m_notice(new NoticeBar)
    , m_map(new LayerMapPanel)
    , m_recipe(new RecipePanel)
    , m_chart(new TradeoffPanel)
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
    makeRunDocks();
    refreshRuns();
}

Workspace::~Workspace() = default;

void Workspace::makeViews()
{
    m_area->setWindowFlags(Qt::Widget);
    m_area->setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    m_area->setCentralWidget(m_map);
    m_map->setObjectName(QStringLiteral("layerMap"));
    m_map->setMeasures(mapMeasureTitles());
    m_meter->setObjectName(QStringLiteral("meter"));
    m_map->map()->setAccessibleName(tr("Layer map"));
    setHelpPage(m_meter, QStringLiteral("numbers"));
    setHelpPage(m_map, QStringLiteral("layermap"));
    setHelpPage(m_recipe, QStringLiteral("recipe"));
    setHelpPage(m_inspector, QStringLiteral("inspector"));
    setHelpPage(m_chart, QStringLiteral("chart"));
    setHelpPage(m_runs, QStringLiteral("chart"));
    setHelpPage(m_budget, QStringLiteral("whatif"));
    setHelpPage(m_recipeText, QStringLiteral("recipe"));
    setHelpPage(m_jobs, QStringLiteral("chart"));
    setHelpPage(m_training, QStringLiteral("distillation"));
    m_recipeDock = addDock(m_recipe, tr("Recipe"), QStringLiteral("recipeDock"));
    m_inspectorDock = addDock(m_inspector, tr("Inspector"), QStringLiteral("inspectorDock"));
    m_chartDock = addDock(m_chart, tr("Chart"), QStringLiteral("chartDock"));
    m_runsDock = addDock(m_runs, tr("Runs"), QStringLiteral("runsDock"));
    m_budgetDock = addDock(m_budget, tr("Budget"), QStringLiteral("budgetDock"));
    m_recipeTextDock =
        addDock(m_recipeText, tr("Recipe as text"), QStringLiteral("recipeTextDock"));
    m_trainingDock = addDock(m_training, tr("Training"), QStringLiteral("trainingDock"));
    m_compareDock = addDock(m_compare, tr("Compare runs"), QStringLiteral("compareDock"));
    m_answersDock = addDock(m_answers, tr("Changed answers"), QStringLiteral("answersDock"));
    m_jobsDock = addDock(m_jobs, tr("Jobs"), QStringLiteral("jobsDock"));
    arrangeDocks();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_meter);
    column->addWidget(m_notice);
    column->addWidget(m_area, 1);
}

QDockWidget *Workspace::addDock(QWidget *view, const QString &title, const QString &name)
{
    auto *dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setWidget(view);
    const std::array<QWidget *, 4> withHeads{m_chart, m_runs, m_compare, m_answers};
    const bool ownHead = std::ranges::find(withHeads, view) != withHeads.end();
    dock->setTitleBarWidget(ownHead ? new QWidget : new DockTitle(title));
    m_area->addDockWidget(Qt::LeftDockWidgetArea, dock);
    return dock;
}

std::vector<QDockWidget *> Workspace::docks() const
{
    return {m_recipeDock,  m_inspectorDock, m_chartDock,      m_runsDock,     m_compareDock,
            m_answersDock, m_budgetDock,    m_recipeTextDock, m_trainingDock, m_jobsDock};
}

void Workspace::arrangeDocks()
{
    m_area->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_area->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    for (QDockWidget *dock : docks()) {
        m_area->removeDockWidget(dock);
        dock->setFloating(false);
    }
    m_area->addDockWidget(Qt::LeftDockWidgetArea, m_recipeDock);
    m_area->addDockWidget(Qt::RightDockWidgetArea, m_inspectorDock);
    m_area->addDockWidget(Qt::BottomDockWidgetArea, m_chartDock);
    m_area->splitDockWidget(m_chartDock, m_runsDock, Qt::Horizontal);
    for (QDockWidget *dock : {m_recipeDock, m_inspectorDock, m_chartDock, m_runsDock})
        dock->show();
    // What is asked for now and then stands behind the others.
    m_area->addDockWidget(Qt::RightDockWidgetArea, m_budgetDock);
    m_area->tabifyDockWidget(m_inspectorDock, m_budgetDock);
    m_area->addDockWidget(Qt::LeftDockWidgetArea, m_recipeTextDock);
    m_area->tabifyDockWidget(m_recipeDock, m_recipeTextDock);
    m_area->addDockWidget(Qt::RightDockWidgetArea, m_trainingDock);
    m_area->tabifyDockWidget(m_inspectorDock, m_trainingDock);
    for (QDockWidget *dock : {m_answersDock, m_compareDock, m_jobsDock}) {
        m_area->addDockWidget(Qt::BottomDockWidgetArea, dock);
        m_area->tabifyDockWidget(m_chartDock, dock);
    }
    for (QDockWidget *dock :
         {m_answersDock, m_compareDock, m_jobsDock, m_trainingDock, m_budgetDock, m_recipeTextDock})
        dock->hide();
    for (QDockWidget *dock : {m_chartDock, m_inspectorDock, m_recipeDock})
        dock->raise();
}

void Workspace::resetLayout()
{
    arrangeDocks();
    const int left = qBound(288, width() / 5, 420);
    const int right = qBound(300, width() / 4, 460);
    m_area->resizeDocks({m_recipeDock, m_inspectorDock}, {left, right}, Qt::Horizontal);
    m_area->resizeDocks({m_chartDock, m_runsDock}, {400, 370}, Qt::Horizontal);
    const int below = qMax(200, m_area->height() * 3 / 8);
    m_area->resizeDocks({m_chartDock, m_runsDock}, {below, below}, Qt::Vertical);
}

/// Beside the inspector, which is narrower than they like.
void Workspace::showOnTheRight(QDockWidget *dock)
{
    if (!dock->isVisible() && !dock->isFloating()) {
        const int below = m_chart->minimumSizeHint().width() +
                          qMax(m_runs->minimumSizeHint().width(), m_runs->minimumWidth());
        const int middle = qMax(below, m_map->minimumSizeHint().width());
        const int room = width() - m_recipeDock->width() - middle - spacing::around;
        m_area->resizeDocks(
            {m_inspectorDock},
            {qMin(qBound(340, width() / 3, 480), qMax(room, m_inspectorDock->width()))},
            Qt::Horizontal);
    }
    showDock(dock);
}

void Workspace::showBudget()
{
    showOnTheRight(m_budgetDock);
    m_budget->setFocus();
}

void Workspace::showRecipeText()
{
    showDock(m_recipeTextDock);
    m_recipeText->setFocus();
}

void Workspace::showTraining()
{
    showOnTheRight(m_trainingDock);
    m_training->setFocus();
}

QByteArray Workspace::layoutState() const
{
    return m_area->saveState();
}

WorkspaceState Workspace::state() const
{
    const LayerMap *map = m_map->map();
    return {m_arranged ? layoutState() : QByteArray(),
            map->selection(),
            m_chosenStep,
            m_shownRun,
            map->colour(),
            map->widths(),
            map->zoom()};
}

void Workspace::setState(const WorkspaceState &state)
{
    m_chosenStep = state.chosenStep;
    m_shownRun = state.shownRun;
    m_map->setColour(state.colour);
    m_map->setWidths(state.widths);
    m_map->map()->setZoom(state.zoom);
    m_map->map()->setSelection(state.selection);
    m_layout = state.layout;
    refresh();
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
    if (!restoreLayout(state))
        QTimer::singleShot(0, this, &Workspace::resetLayout);
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
        refreshRuns();
    });
    connect(&m_document, &Document::choicesChanged, this, [this] {
        m_shownRun.clear(); // whoever changes the recipe wants to see it
        if (m_chosenStep && *m_chosenStep >= m_document.choices().steps.size())
            m_chosenStep.reset();
        refreshRuns();
    });
    connect(&m_document, &Document::planChanged, this, &Workspace::refresh);
    connect(&m_document, &Document::runsChanged, this, &Workspace::refreshRuns);
    connect(m_inspection, &LayerInspection::changed, this, &Workspace::refreshSelection);
}

void Workspace::connectRecipe()
{
    connect(m_recipe, &RecipePanel::stepChosen, this, &Workspace::chooseStep);
    connect(m_recipe, &RecipePanel::stepEnabled, &m_document, &Document::setStepEnabled);
    connect(m_recipe, &RecipePanel::stepRemoved, &m_document, &Document::removeStep);
    connect(m_recipe, &RecipePanel::stepPreviewed, &m_document, &Document::previewStep);
    connect(m_recipe, &RecipePanel::stepEdited, &m_document, &Document::replaceStep);
    connect(m_recipe, &RecipePanel::techniqueAdded, this, &Workspace::addTechnique);
    connect(m_recipe, &RecipePanel::selectionWanted, this, &Workspace::takeSelection);
    connect(m_recipe, &RecipePanel::dataFileRequested, this, &Workspace::dataRequested);
    connect(m_recipe, &RecipePanel::dataChosen, &m_document, &Document::setData);
    connect(m_recipe, &RecipePanel::calibrationExamplesChanged, &m_document,
            &Document::setCalibrationExamples);
    connect(m_recipe, &RecipePanel::restoreRequested, this,
            [this] { m_document.restoreRun(m_shownRun.toStdString()); });
    connect(m_recipe, &RecipePanel::backRequested, this, [this] { showRun({}); });
}

void Workspace::connectViews()
{
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
    connect(m_map->map(), &LayerMap::activated, this, [this] { m_inspectorDock->show(); });
    connect(m_chart->chart(), &TradeoffChart::runSelected, this, &Workspace::showRun);
    connect(m_chart->chart(), &TradeoffChart::runsSelected, m_runs, &RunsPanel::selectRuns);
    connect(m_runs, &RunsPanel::runsSelected, m_chart->chart(), &TradeoffChart::selectRuns);
    // After both know of them: the run that is shown is one of those that are selected.
    connect(m_chart->chart(), &TradeoffChart::runsSelected, this, &Workspace::showOneOf);
    connect(m_runs, &RunsPanel::runsSelected, this, &Workspace::showOneOf);
    connect(m_chart->chart(), &TradeoffChart::menuRequested, m_runs, &RunsPanel::showMenu);
    connect(m_chart->chart(), &TradeoffChart::runActivated, this,
            [this](const QString &id) { m_document.restoreRun(id.toStdString()); });
    connect(m_chart, &TradeoffPanel::axesChanged, this, &Workspace::refresh);
    connect(m_chart, &TradeoffPanel::exportRequested, this, &Workspace::chartExportRequested);
    m_runs->runTable()->setShownColumns(
        QSettings().value("window/runColumns", m_runs->runTable()->shownColumns()).toStringList());
    connect(m_runs->runTable(), &RunTable::columnsChanged, this, [this] {
        QSettings().setValue("window/runColumns", m_runs->runTable()->shownColumns());
    });
    connect(m_runs, &RunsPanel::runSelected, this, &Workspace::showRun);
    connect(m_runs, &RunsPanel::runActivated, this,
            [this](const QString &id) { m_document.restoreRun(id.toStdString()); });
}

void Workspace::makeRunDocks()
{
    connect(m_runs, &RunsPanel::deleteRequested, this, [this](const QStringList &ids) {
        if (ids.contains(m_shownRun))
            m_shownRun.clear();
    });
    connect(m_compare, &ComparePanel::closeRequested, m_compareDock, &QWidget::close);
    connect(m_answers, &AnswersPanel::closeRequested, m_answersDock, &QWidget::close);
    for (QDockWidget *dock : {m_compareDock, m_answersDock}) {
        connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool shown) {
            if (shown)
                dock->raise(); // not behind the chart
        });
        connect(dock, &QDockWidget::visibilityChanged, this, &Workspace::makeRoomBelow);
    }
    m_runDocks = new RunDocks(m_document,
                              {m_runs, m_compare, m_answers, m_compareDock, m_answersDock}, this);
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

/// Tables of answers and layers want more of it than the chart; once, then it is a person's.
void Workspace::makeRoomBelow(bool shown)
{
    const int wanted = m_area->height() * 9 / 20;
    if (!shown || m_madeRoom || !isVisible() || m_runsDock->height() >= wanted)
        return;
    m_madeRoom = true;
    m_area->resizeDocks({m_runsDock}, {wanted}, Qt::Vertical);
}

Shown Workspace::shown() const
{
    if (const Run *run =
            m_shownRun.isEmpty() ? nullptr : m_document.findRun(m_shownRun.toStdString()))
        return {m_document.planFor(run->recipe), run, true};
    Shown now{m_document.plan(), m_document.currentRun(), false};
    if (m_document.forecast().state != Forecast::State::Unknown)
        now.forecast = m_document.forecast();
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
    m_meter->setData(meterData(m_document, now));
    m_notice->setNotice(noticeOf(m_document));
    m_chart->setData(
        chartData(comparableRuns(m_document), now, m_chart->axes(), m_document.runNotes()));
    const QString run = now.run ? QString::fromStdString(now.run->id) : QString();
    m_chart->chart()->selectRun(run);
    m_runs->selectRun(run);
    m_runDocks->setShownRun(run);
    RecipePanelData recipe = recipeData(m_document, now, m_chosenStep);
    recipe.selectedLayers = static_cast<int>(m_map->map()->selection().size());
    m_recipe->setData(recipe);
    refreshSelection();
    refreshBudget();
    refreshRecipeText();
    refreshTraining();
    m_lookTimer.start(lookDelay);
}

void Workspace::refreshRuns()
{
    m_runs->setRuns(comparableRuns(m_document, DeletedRuns::Included), m_document.runNotes());
    refresh();
}

void Workspace::refreshSelection()
{
    const QStringList selected = m_map->map()->selection();
    const Run *run = m_shownRun.isEmpty() ? m_document.currentRun()
                                          : m_document.findRun(m_shownRun.toStdString());
    const bool editable = m_shownRun.isEmpty() && !m_document.isReadOnly();
    m_inspector->setData(inspectorData(m_document, m_map->map()->data(),
                                       {selected, m_inspection->seen(), run, editable}));
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

void Workspace::chooseStep(std::size_t index)
{
    m_chosenStep = index;
    refresh();
    if (m_shownRun.isEmpty() && index < m_document.choices().steps.size()) {
        // One selection for all: the card's layers are those of the map.
        try {
            QStringList names;
            for (const std::string &name :
                 layersOf(m_document.choices().steps[index].step, m_document.model()))
                names << QString::fromStdString(name);
            m_map->map()->setSelection(names);
            refresh();
        } catch (const Error &) {
            m_map->map()->setSelection({}); // the card says what is wrong with its layers
        }
    }
}

void Workspace::addTechnique(const QString &id)
{
    Step step;
    step.technique = id.toStdString();
    std::vector<std::string> names;
    for (const QString &name : m_map->map()->selection())
        names.push_back(name.toStdString());
    step.layers = selectionText(techniqueInfo(step.technique), names, m_document.model());
    const std::size_t before = m_document.choices().steps.size();
    m_document.addStep(step);
    if (m_document.choices().steps.size() > before)
        chooseStep(before);
}

void Workspace::takeSelection(std::size_t index)
{
    Step step = m_document.choices().steps.at(index).step;
    std::vector<std::string> names;
    for (const QString &name : m_map->map()->selection())
        names.push_back(name.toStdString());
    const std::string text =
        selectionText(techniqueInfo(step.technique), names, m_document.model());
    if (text.empty())
        return;
    step.layers = text;
    m_document.replaceStep(index, step);
}

void Workspace::toggleLayer(const QString &name)
{
    if (!m_shownRun.isEmpty() || !m_chosenStep ||
        *m_chosenStep >= m_document.choices().steps.size())
        return;
    const Step &step = m_document.choices().steps[*m_chosenStep].step;
    m_document.replaceStep(*m_chosenStep,
                           withLayerToggled(step, name.toStdString(), m_document.model()));
}

void Workspace::actOnNotice()
{
    const bool data =
        m_document.modelState() == ModelState::Open && m_document.model().weightsKnown;
    if (!data)
        Q_EMIT modelRequested();
    else if (m_document.choices().dataPath.empty())
        Q_EMIT dataRequested(DataUse::Measuring);
    else
        Q_EMIT dataRequested(DataUse::Calibration);
}

} // namespace pare

// The open project: meter, recipe, layer map, chart, runs and inspector, and the one selection they
// share.
//
// Shows the document's values and turns what people mean into its intentions. Window's thread;
// owned by the main window, which also owns the document.
#pragma once

#include "app/window/rundocks.h"
#include "app/window/stepshere.h"
#include "app/window/strength.h"
#include "app/window/typedvalues.h"
#include "app/window/viewvalues.h"
#include "widgets/layermap/layermap.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/recipetext.h"
#include "widgets/panels/strengthline.h"
#include "widgets/panels/trainingpanel.h"

#include <QTimer>
#include <QWidget>
#include <functional>

namespace pare {

class AnswersPanel;
class ComparePanel;
class DockArea;
class Document;
class JobsPanel;
class LayerInspection;
class LayerMapPanel;
class ModelTabs;
class Meter;
class NoticeBar;
class RecipePanel;
class RunsPanel;
class TradeoffPanel;

/// Files that a student learns from, beside the examples, which are the document's.
using TeachingSources = std::map<TeachingInput, QString>;

/// What a person arranged and chose in the views, beside what the document holds.
struct WorkspaceState
{
    QByteArray layout; ///< empty: nothing was arranged yet
    QStringList selection;
    std::optional<std::size_t> chosenStep;
    QString shownRun;
    LayerColour colour = LayerColour::Bytes;
    LayerWidths widths = LayerWidths::SquareRoot;
    qreal zoom = 1;
    InspectorTab tab = InspectorTab::Weights;
    bool table = false; ///< of layers, in place of the map
    int sortedBy = 0;   ///< column of the table of runs
    Qt::SortOrder order = Qt::AscendingOrder;
    TypedValues typed; ///< into fields, and not applied yet
    RunDocksState runs;
    std::optional<BudgetProposal> proposal;
    std::optional<std::size_t> strength; ///< the recipe of its front that is shown
    TeachingSources teaching;
    std::optional<TeachRequest> taught, paused;
};

class Workspace : public QWidget
{
    Q_OBJECT

public:
    explicit Workspace(Document &document, QWidget *parent = nullptr);
    ~Workspace() override;

    /// Sizes and places of the docks, for QSettings.
    QByteArray layoutState() const;
    /// Whether it was shown, so that the layout is a person's.
    bool isArranged() const { return m_arranged; }
    /// For views that take this one's place.
    WorkspaceState state() const; // workspacestate.cpp
    void setState(const WorkspaceState &state);
    DockArea *area() const { return m_area; }

    LayerMapPanel *mapPanel() const { return m_map; }
    RecipePanel *recipePanel() const { return m_recipe; }
    TradeoffPanel *chartPanel() const { return m_chart; }
    TradeoffPanel *secondChartPanel() const { return m_secondChart; }
    RunsPanel *runsPanel() const { return m_runs; }
    ComparePanel *comparePanel() const { return m_compare; }
    AnswersPanel *answersPanel() const { return m_answers; }
    InspectorPanel *inspectorPanel() const { return m_inspector; }
    Meter *meter() const { return m_meter; }
    ModelTabs *modelTabs() const { return m_models; }
    RecipeText *recipeText() const { return m_recipeText; }

    /// Asks every layer, and colours the map by what it answers.
    void askLayers();
    /// Asks only those that are selected.
    void askSelection();
    /// Asks which setting of the recipe is to be measured at which values.
    void sweepSetting();
    bool canSweep() const;
    void showBudget();
    void showRecipeText();
    void showTraining();
    /// Puts into a menu what can be done with a layer.
    void fillLayerMenu(QMenu &menu, const QString &layer); // workspacelayermenu.cpp
    void showJobs();
    JobsPanel *jobsPanel() const { return m_jobs; }
    /// A file that a student is to learn from; empty: none.
    void setTeachingData(TeachingInput input, const QString &source);
    TrainingPanel *trainingPanel() const { return m_training; }

    /// The finished run that is shown in place of the current recipe; empty: none.
    QString shownRun() const { return m_shownRun; }
    /// Of the run that is shown, or else of the training that goes on or was the last.
    const TrainingRecord &shownTraining() const;
    void showRun(const QString &id);
    void showNeighbourRun(int direction);

Q_SIGNALS:
    void modelRequested();
    void dataRequested(pare::DataUse use);
    void helpRequested(const QString &page);
    void chartExportRequested(TradeoffPanel *chart);
    /// The compressed model of a run, as files. The action stands in the menu once this is connected.
    void runExportRequested(const QString &id);

protected:
    void showEvent(QShowEvent *event) override;
    void connectNotify(const QMetaMethod &signal) override;

private:
    void makeViews();
    void connectDocument();
    void connectRecipe();
    void connectViews();
    void connectChart(TradeoffPanel *chart);
    std::vector<QWidget *> viewsWithFields() const;
    // workspacewhatif.cpp
    void connectWhatIf();
    void findLayers(const QString &text);
    void tellUnknown(const QString &quantity);
    void refreshBudget();
    void tellSearch();
    const BudgetProposal *shownProposal() const;
    static void showProposal(BudgetPanelData &data, const BudgetProposal &proposal);
    void refreshRecipeText();
    // workspacetraining.cpp
    void connectTraining();
    void refreshTraining();
    void drawTraining();
    void connectJobs();      // workspacejobs.cpp
    void connectMeasuring(); // workspacemeasure.cpp
    void offerMeasuring(const QString &action, const QString &why);
    void selectLargest();
    DataFieldData teachingInput(TeachingInput input);
    QString teachingSource(TeachingInput input) const;
    TeachRequest teachRequest() const;
    bool canTeach() const;
    QString teachingMap() const;
    void followTeaching();
    void makeRunDocks();

    Shown shown() const;
    ComparedRuns compared() const;
    void refreshMap(const Shown &now);
    /// Lets the weights be looked at where a measure of that key needs it.
    void wantMeasure(const QString &key);
    void refresh();
    void refreshRuns();
    void refreshModels(); // workspacemodels.cpp
    void refreshSelection();
    void lookAtSelection();
    // workspacestrength.cpp
    StrengthChange stepsOfStrength(double strength) const;
    void takeStrength(double strength);
    void takeSteps(const std::vector<ChosenStep> &steps);
    void connectStepsHere();
    std::vector<LayerStepData> layerSteps() const;
    std::vector<StepsHere> stepsAtSelection(const std::vector<ChosenStep> &steps) const;
    std::optional<StrengthData> strengthData() const;
    bool canAskLayers() const;
    void removeStep(std::size_t index);
    void chooseStep(std::size_t index);
    void addTechnique(const QString &id);
    void takeSelection(std::size_t index);
    void showOneOf(const QStringList &ids);
    void toggleLayer(const QString &name);
    void toggleStep(std::size_t index, const QString &layer);
    void addLayerSteps(QMenu &menu, const QString &layer);
    void addLayerSelections(QMenu &menu, const LayerMapCell &cell);
    void selectLayers(const std::function<bool(const LayerMapCell &)> &wanted);
    void actOnNotice();

    Document &m_document;
    DockArea *m_area; ///< the map with the docks around it
    ModelTabs *m_models;
    Meter *m_meter;
    NoticeBar *m_notice;
    LayerMapPanel *m_map;
    RecipePanel *m_recipe;
    TradeoffPanel *m_chart;
    TradeoffPanel *m_secondChart;
    RunsPanel *m_runs;
    ComparePanel *m_compare;
    AnswersPanel *m_answers;
    InspectorPanel *m_inspector;
    BudgetPanel *m_budget;
    RecipeText *m_recipeText;
    TrainingPanel *m_training;
    JobsPanel *m_jobs;
    LayerInspection *m_inspection; ///< of the one layer that is selected
    TeachingSources m_teaching;
    std::map<DataQuestion, DataDescription> m_described; ///< that were asked for
    std::optional<TeachRequest> m_taught;                ///< that runs, or waits to
    std::optional<TeachRequest> m_paused;                ///< that was cancelled, and can go on
    std::optional<BudgetProposal> m_proposal;
    std::optional<std::size_t> m_strength; ///< the recipe of the front that is shown in its place
    RunDocks *m_runDocks = nullptr;
    std::optional<std::size_t> m_chosenStep;
    /// The steps that the slider of all made last, and where it stood.
    std::pair<std::vector<ChosenStep>, double> m_strengthOfAll;
    QString m_shownRun;
    std::pair<QString, TrainingRecord>
        m_drawnTraining; ///< of the run of that name; none: the live one
    bool m_arranged = false;
    bool m_recipeShown = false;
    MapMeasure m_measure = MapMeasure::WeightError;
    QStringList m_comparedRuns; ///< ids
    QString m_soughtFigure;     ///< the condition on weights that is being looked for; empty: none
    QStringList m_found;        ///< layers that met it by now
    QString m_unknown;          ///< the quantity looked for that is known of no layer; empty: none
    QByteArray m_layout;        ///< to be taken when it is shown first, before the saved one
    QTimer m_jobsTimer;         ///< a running job tells more than anybody reads
    QTimer m_lookTimer;         ///< lets a slider come to rest before weights are looked at
};

} // namespace pare

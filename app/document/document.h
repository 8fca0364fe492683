// The open project: what was chosen, what was measured, what is being computed.
//
// The only mutable hub of the window; lives on the window's thread, owned by the main window. Views
// call its functions (intentions) and follow its signals; it saves every change at once. Long work
// runs on its JobRunner; results come back by one queued call each, and stale ones are dropped.
//
// Undo is the project's own history of choices and of what is said of runs, so that it goes on after a restart.
#pragma once

#include "app/document/documentvalues.h"
#include "app/document/runvalues.h"
#include "core/base/timeleft.h"
#include "core/jobs/jobrunner.h"
#include "core/model/choices.h"
#include "core/model/runnote.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <array>
#include <chrono>
#include <functional>
#include <memory>

namespace pare {

class Forecaster;
class Project;
struct Checkpoint;
struct CommandParts;
struct ExperimentOptions;
struct ForecastRequest;
struct RunAnswers;

/// What people call the model at that path: its folder's name, or that of a file which has one of its own.
QString modelTitle(const std::string &path);

class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(QObject *parent = nullptr);
    ~Document() override;

    // what is there
    bool hasProject() const { return m_project != nullptr; }
    bool isReadOnly() const;
    QString projectPath() const;
    const Choices &choices() const { return m_choices; }
    /// Paths of the models that this project had open on the way here, the first opened first.
    std::vector<std::string> models() const;
    const std::vector<Run> &runs() const { return m_runs; }
    /// What is said of runs, by their ids.
    const RunNotes &runNotes() const { return m_notes; }
    /// What was found of the files that weights were written to, the last of each place.
    const std::vector<KeptExport> &exports() const { return m_exports; }
    const Run *findRun(const std::string &id) const;
    ModelState modelState() const { return m_modelState; }
    const ModelDescription &model() const { return m_description; }
    const std::optional<Message> &modelError() const { return m_modelError; }
    const std::vector<Message> &modelWarnings() const { return m_modelWarnings; }
    const PlanSummary &plan() const { return m_plan; }
    /// What it is of: the chosen steps, or those that a slider passes over.
    const std::vector<ChosenStep> &plannedSteps() const { return m_plannedSteps; }
    const JobStatus &job() const { return m_job; }
    /// The job that runs, those that wait in their order, then those that ended, newest first.
    std::vector<JobEntry> jobEntries() const;
    /// Of the recipe as it stands; a measured run says more.
    const Forecast &forecast() const { return m_forecast; }
    /// Of the training that runs, or the last one; empty: there was none.
    const TrainingRecord &training() const { return m_training; }
    /// What single layers lose, as far as they were asked.
    const std::vector<LayerSensitivity> &sensitivities() const { return m_sensitivities; }
    /// Numbers of the weights of the original, as far as they were looked at (wantFigures()).
    const FigureMap &figures() const { return m_figures; }
    /// Of the original on the data, as far as it is known; else the best that a layer alone left.
    double originalAccuracy() const;
    bool canUndo() const;
    bool canRedo() const;
    /// What undo and redo would lead to; nothing where they would lead nowhere.
    std::optional<Choices> choicesBefore() const;
    std::optional<Choices> choicesAfter() const;
    /// What undo would say otherwise of runs, and redo would say again; empty: nothing.
    NoteChanges notesToUndo() const;
    NoteChanges notesToRedo() const;
    /// The measured run of the recipe as it stands, if there is one with this model and data.
    const Run *currentRun() const;
    /// What model and data really hold, as far as it is known by now.
    const Identity &identity() const { return m_identity; }
    /// What another recipe would make of the model: that of a finished run.
    PlanSummary planFor(const Recipe &recipe) const;
    /// The technique of the recipe as it stands that lacks calibration data; nothing: none.
    const TechniqueInfo *uncalibratedTechnique() const;
    /// Names of installed data that suit the model, as setData() takes them.
    QStringList installedData(DataUse use) const;
    /// Whether a student is being taught, or waits to be.
    bool isTeaching() const;
    /// Of the search for a budget that runs or waits; nothing: none does.
    std::optional<std::uint64_t> searchJob() const;
    /// What measuring the recipe as it stands would take, with its step at `index` in each of these
    /// forms.
    SweepOutlook outlook(std::size_t index, const std::vector<Step> &forms) const;
    /// The command that measures them, or a line for each where it takes several.
    QString sweepCommand(std::size_t index, const std::vector<Step> &forms) const;
    /// Whether a run answered other data than those that are chosen.
    bool isElsewhere(const Run &run) const;
    const DataState &dataState(DataUse use) const { return dataLook(use).state; }
    /// Why exportModel() could not write to that folder; nothing: it could.
    std::optional<Message> exportProblem(const std::string &run, const std::string &folder) const;
    /// The command that does the same as Measure, for a shell.
    QString asCommand() const;
    /// The command that measures a finished run again; empty for a student, which was taught.
    static QString commandOf(const Run &run);

    // intentions: files
    /// Opens or creates a .pare file. A project that another program writes is opened read-only.
    void openProject(const QString &path);
    /// A model folder or file: in the open project, or in a new one of its own in the user's data
    /// folder. Where the project had it open before, with the recipe and data it had then.
    void openModel(const QString &path);
    /// Labelled examples: a file, or the name of installed ones; empty: none. They are looked at first,
    /// and chosen where the model that is open can use them; else those before stay. dataStateChanged()
    /// says so.
    void setData(DataUse use, const QString &pathOrSource);
    /// Reads a file of data; answers with dataDescribed().
    void describeData(const DataQuestion &question);
    /// So many of the calibration data, at least one.
    void setCalibrationExamples(int count);
    void saveCopy(const QString &path);
    /// Of a project that may stay closed: answers with curveRead(), or not at all where it cannot be
    /// read.
    void readCurve(const QString &path);
    /// Runs that a report carries with it: into the open project, or into a new one of its own.
    /// Those that are there already stay as they are, and what was said of them. Model and data become
    /// the choice where there is none, the recipe that of the one of `chosen` that belongs to the
    /// chosen model, or else of the first, if it is among them; the recipes of the others come back
    /// with their models.
    void importRuns(const std::vector<Run> &runs, const std::vector<std::string> &chosen,
                    const RunNotes &notes = {});
    /// The demo's model, data and recipes, measured one after another unless the project has them
    /// already.
    void openDemo(const QString &projectPath);
    void close();

    // intentions: choices
    void setSteps(std::vector<ChosenStep> steps);
    /// At its place in the order in which steps are applied.
    void addStep(const Step &step) { addSteps({step}); }
    void addSteps(const std::vector<Step> &steps);
    void replaceStep(std::size_t index, const Step &step);
    /// Plans as if the steps were these, without keeping them: while a slider is dragged.
    void previewSteps(std::vector<ChosenStep> steps);
    void previewStep(std::size_t index, const Step &step);
    void removeStep(std::size_t index);
    void setStepEnabled(std::size_t index, bool enabled);
    /// The steps of a recipe file beside those there are.
    void addRecipeFile(const QString &path);
    /// The recipe of a run becomes the current one.
    void restoreRun(const std::string &id);
    void setThreads(int threads);
    void setSeed(std::uint64_t seed);
    void undo();
    void redo();

    // intentions: runs
    /// Replaces what is said of these runs; one step of undo.
    void setRunNotes(const RunNotes &notes);
    /// Answers with runsCompared(); the newest question wins.
    void compareRuns(const std::vector<std::string> &ids);
    /// Answers with flipsFound(); the newest question wins.
    void findFlips(const std::string &id);
    /// Which layers changed the answers to `examples`: a long job, which answers with runBlamed().
    void blame(const std::string &id, const std::vector<std::size_t> &examples);

    // intentions: work
    /// Measures the recipe as it stands; where it was measured already, that run comes back if it was
    /// deleted.
    void measure();
    /// Measures the recipe with its step at `index` in each of these forms, as jobs of their own; what was
    /// measured before is not measured again.
    void measureForms(std::size_t index, const std::vector<Step> &forms);
    /// Measures the recipe as it stands on other labelled examples, which do not become the chosen
    /// ones; answers with measuredElsewhere().
    void measureOn(const QString &pathOrSource);
    void cancel();
    /// Holds the job that runs between two units of its work, and lets it go on.
    void pauseJob();
    void continueJob();
    /// By their numbers; nothing happens for one that cannot any more.
    void cancelJob(std::uint64_t number);
    void moveJobFirst(std::uint64_t number);
    void repeatJob(std::uint64_t number);
    /// Asks layers what they lose to the usual options, all of them where none is named; what was asked
    /// before is known at once.
    void sweepLayers(const std::vector<std::string> &layers = {});
    /// Asks where it must, and answers with budgetFound(): nothing is applied. `target` as in
    /// 'bytes<=2MB', layers of `locked` stay as they are.
    void findBudget(const QString &target, const std::vector<std::string> &locked);
    /// Writes the weights of a run, or of the recipe as it stands where `run` is empty, reads them
    /// again and answers with exported().
    void exportModel(const std::string &run, const ExportRequest &request);
    /// Lets a student learn from the model on the calibration data, and measures it beside its teacher.
    /// One that was cancelled goes on where it was when it is asked for again.
    void teach(const TeachRequest &request);

    // intentions: one layer, of which the newest counts; nothing answers while there is no model
    /// What `recipe` does to it; answers with layerLooked().
    void look(const std::string &layer, const Recipe &recipe);
    /// Its singular values in the original; answers with spectrumFound().
    void lookAtSpectrum(const std::string &layer);
    /// Its weight as a picture, before and after `recipe`; answers with pictureMade().
    void lookAtPicture(const std::string &layer, const Recipe &recipe);
    /// A part of that picture, with a block for each weight where it is small enough; answers with
    /// detailMade(). A new picture cancels it.
    void lookAtDetail(const std::string &layer, const Recipe &recipe, const PictureRegion &region);
    /// What else it could lose; answers with optionsWeighed(), first with bytes, then again with
    /// each error.
    void weighOptions(const std::string &layer);
    /// Nobody waits for any of these any more.
    void stopLooking();
    /// Lets every layer's weights be looked at, a few layers at a time behind other looks; answers
    /// with figuresChanged() as more is known. What was kept of this model is known at once.
    void wantFigures(FigureDepth depth);
    /// What would compute here: answers with versionsFound(), with what is known at once and, as long as
    /// nothing is measured at the moment, with the kernels, which may have to be tried first.
    void findVersions();

Q_SIGNALS:
    void projectChanged();
    void curveRead(const pare::ProjectCurve &curve);
    void modelChanged();
    void choicesChanged();
    void planChanged();
    void runsChanged();
    void runFinished(const QString &id);
    void measuredElsewhere(const QString &id);
    /// A long job ended, by itself or cancelled, and is the newest of the log.
    void workEnded(const pare::JobEntry &entry);
    void jobChanged();
    void layerLooked(const pare::LayerLook &look);
    void forecastChanged();
    void trainingChanged();
    void dataDescribed(const pare::DataDescription &description);
    void dataStateChanged();
    void sensitivitiesChanged();
    void exported(const QString &file, const pare::ExportRecord &record);
    void budgetFound(const pare::BudgetProposal &proposal);
    void figuresChanged();
    void spectrumFound(const pare::LayerSpectrum &spectrum);
    void pictureMade(const pare::LayerPicture &picture);
    void detailMade(const pare::LayerPicture &picture);
    void optionsWeighed(const pare::LayerOptions &options);
    void runsCompared(const pare::RunComparison &comparison);
    void flipsFound(const pare::RunFlips &flips);
    void runBlamed(const pare::RunBlame &blame);
    /// As versions() names them.
    void versionsFound(const std::map<std::string, std::string> &versions);
    /// Something a person asked for could not be done; told where it was asked, never in a box.
    void failed(const pare::Message &message);

private:
    struct Worker;
    struct Looker;
    struct LookJobs
    {
        std::vector<JobId> ids;    ///< of what was asked for last
        std::uint64_t request = 0; ///< newest wins
    };
    struct PictureRequest
    {
        std::string layer;
        Recipe recipe;
        std::optional<PictureRegion> region; ///< nothing: all of it
    };
    struct DataLook
    {
        DataState state;
        std::uint64_t request = 0; ///< of what is to be chosen; newest wins
        std::uint64_t model = 0;   ///< the request of the model that `read` is told beside
        /// Of the choice; written on the Look lane before whatever is started there afterwards.
        std::shared_ptr<const DataDescription> read;
    };
    struct Work
    {
        Message title;
        NameParts name = {}; ///< as it stands in the title; empty: nothing is named
        QString command;     ///< what it does, so that nothing is done twice at once
        std::function<void(Progress &)> run; ///< on the Work lane
        /// Here, unless a change of project cancelled it.
        std::function<void(const JobOutcome &)> ended;
    };
    struct ActiveJob
    {
        JobId id;
        std::shared_ptr<const Work> work;
        std::chrono::system_clock::time_point began = {};
        std::chrono::steady_clock::time_point started = {}; ///< later by its pauses
    };
    struct EndedJob
    {
        JobEntry entry;
        std::shared_ptr<const Work> work; ///< to be repeated; nothing: cannot be
    };
    struct RunTime
    {
        double seconds = 0;
        bool atLeast = false; ///< more is not known
    };
    bool haveProject(const QString &model);
    static std::string storedSource(const QString &pathOrSource);
    const DataLook &dataLook(DataUse use) const { return m_data[static_cast<std::size_t>(use)]; }
    DataLook &dataLook(DataUse use) { return m_data[static_cast<std::size_t>(use)]; }
    using DataAnswered = std::function<void(const std::shared_ptr<const DataDescription> &)>;
    std::shared_ptr<const DataDescription> readData(const DataQuestion &question,
                                                    DataAnswered answered);
    void chooseData(DataUse use, const std::string &source);
    void lookAtData(DataUse use);
    void forgetData();
    bool attempt(const std::function<void()> &work);
    void useProject(std::unique_ptr<Project> project);
    void changeChoices(Choices choices);
    void takeRecipes(const std::vector<const Run *> &chosen, const Run &first);
    void applyChoices(Choices choices);
    void applyRevision(Choices choices);
    void loadModel();
    JobId startLook(std::function<void(Progress &)> work,
                    std::function<void(const JobOutcome &)> ended);
    bool hasWeights() const;
    void stop(LookJobs &jobs);
    template <class Value>
    void startLayerLook(LookJobs &jobs, std::function<Value(Progress &)> work,
                        std::function<void(const Value &)> ended);
    void startPicture(LookJobs &jobs, PictureRequest wanted,
                      void (Document::*made)(const LayerPicture &));
    void tryOptions();
    void timeOptions();
    void gatherFigures();
    void keepFiguresAtRest();
    void forgetFigures();
    void identify();
    void continueDemo();
    /// Of a checked recipe in its order of application; empty while model, data or the calibration
    /// data it needs are not known.
    std::string idOf(const Recipe &recipe) const;
    void modelLoaded(std::uint64_t request, const std::shared_ptr<const Checkpoint> &checkpoint,
                     const JobOutcome &outcome);
    void updatePlan();
    QString commandFor(const Recipe &recipe) const;
    CommandParts commandParts(const Recipe &recipe) const;
    Recipe recipeWith(std::size_t index, const Step &form) const;
    std::optional<RunTime> expectedTime() const;
    ExperimentOptions experimentOptions(const Recipe &recipe);
    void enqueue(const Recipe &recipe, const NameParts &name, const std::string &otherData = {});
    void startWork(Work work);
    void startWork(const std::shared_ptr<const Work> &work);
    void beginFirst();
    void forgetJobs();
    void logJob(const ActiveJob &job, const JobOutcome &outcome, const Message &figure);
    std::function<void(const TrainingRecord &)> trainingReceiver();
    std::function<void(std::vector<LayerSensitivity>)> sensitivityReceiver();
    void jobProgressed(JobId id, const ProgressReport &report);
    void jobEnded(JobId id, const JobOutcome &outcome);
    bool canAsk();
    ForecastRequest forecastRequest();
    void updateForecast();
    void followAsking();
    void sweepEnded();
    void lookUpSensitivities();
    void keepSensitivities(const std::vector<LayerSensitivity> &found);
    void readNotes();
    void bringBack(const std::string &id);
    void storeRun(const Run &run, const RunAnswers &answers);
    void storeExport(const KeptExport &kept);

    std::unique_ptr<Project> m_project;
    Choices m_choices;
    std::vector<Run> m_runs;
    RunNotes m_notes;
    std::vector<KeptExport> m_exports;
    ModelState m_modelState = ModelState::None;
    ModelDescription m_description;
    std::optional<Message> m_modelError;
    std::vector<Message> m_modelWarnings;
    std::shared_ptr<const Checkpoint> m_checkpoint;
    /// What `m_checkpoint` becomes: for the Look lane, where it is read before what is asked afterwards.
    std::shared_ptr<const Checkpoint> m_reading;
    std::array<DataLook, 2> m_data; ///< by DataUse
    Identity m_identity;
    PlanSummary m_plan;
    std::vector<ChosenStep> m_plannedSteps;
    JobStatus m_job;
    Forecast m_forecast;
    TrainingRecord m_training;
    std::string m_forecastRecipe; ///< as text
    std::vector<LayerSensitivity> m_sensitivities;
    std::uint64_t m_asked = 0; ///< how often a sweep has asked something
    QTimer m_askedTimer;       ///< lets forecasts follow a sweep now and then
    std::uint64_t m_forecastRequest = 0;
    std::optional<JobId> m_forecastJob;
    std::shared_ptr<const std::vector<Run>> m_runsForForecast =
        std::make_shared<const std::vector<Run>>();
    std::shared_ptr<Forecaster> m_forecaster; ///< touched on the Look lane only
    std::vector<ActiveJob> m_active;          ///< the one that runs, then those that wait
    std::vector<EndedJob> m_ended;            ///< of this session, newest first
    std::chrono::steady_clock::time_point m_paused;
    LookJobs m_lookJobs, m_spectrumJobs, m_pictureJobs, m_detailJobs, m_optionJobs;
    LookJobs m_figureJobs;
    FigureMap m_figures;
    std::optional<FigureDepth> m_figuresWanted;
    bool m_figuresLookedUp = false;   ///< what was kept of this model is known
    bool m_figuresKept = true;        ///< nothing was found since they were kept
    LayerOptions m_options;           ///< with the errors that are known by now
    TimeLeft m_timeLeft;              ///< of the job that runs
    std::uint64_t m_modelRequest = 0; ///< newest wins
    std::uint64_t m_identityRequest = 0;
    std::optional<JobId> m_compareJob;
    std::optional<JobId> m_flipsJob;
    std::uint64_t m_compareRequest = 0;
    std::uint64_t m_flipsRequest = 0;
    bool m_demoWanted = false;         ///< its recipes wait for the identity
    std::shared_ptr<Worker> m_worker;  ///< touched on the Work lane only
    std::shared_ptr<Looker> m_looker;  ///< touched on the Look lane only
    std::unique_ptr<JobRunner> m_jobs; ///< last: joins before anything else goes
};

} // namespace pare

#include "core/experiment/exportsource.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/modelfolder.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/plan.h"
#include "core/experiment/messages.h"
#include "core/experiment/recoverystep.h"
#include "core/experiment/runfields.h"
#include "core/experiment/titledprogress.h"
#include "core/experiment/versions.h"
#include "core/experiment/weightinputs.h"
#include "core/network/computing.h"

namespace pare {

namespace {

namespace fs = std::filesystem;

/// What was read of the checkpoint for one layer is let go before the next.
class ReleasingProgress final : public Progress
{
public:
    ReleasingProgress(const Checkpoint &checkpoint, Progress &progress)
        : m_checkpoint(checkpoint)
        , m_progress(progress)
    {}

    void report(const ProgressReport &report) override
    {
        m_checkpoint.releasePages();
        m_progress.report(report);
    }
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    const Checkpoint &m_checkpoint;
    Progress &m_progress;
};

/// The weights of a plan, without measuring; `identity` names where its training is kept while it
/// lasts.
CompressedModel madeAgain(const Checkpoint &checkpoint, const ExperimentOptions &options,
                          const RecipePlan &planned, const std::string &identity,
                          Progress &progress)
{
    const WeightInputs inputs(checkpoint, options, progress);
    checkInputs(planned.recipe, inputs.context(nullptr, progress));
    TitledProgress titled(progress, message(messages::experimentCompressing));
    ReleasingProgress compressing(checkpoint, titled);
    CompressedModel made =
        compressedModel({checkpoint.specification, checkpoint.description, checkpoint.weights},
                        planned, compressing, inputs.context(nullptr, compressing));
    if (!planned.recipe.training)
        return made;
    if (options.train.empty())
        throw Error(ErrorKind::InvalidSetting, messages::experimentNoTraining);
    const RecoveryStep recovery(checkpoint, options);
    made.weights = recovery.run(made, identity, progress).weights;
    return made;
}

std::shared_ptr<const Checkpoint> opened(const fs::path &model, const fs::path &folder)
{
    auto checkpoint = std::make_shared<const Checkpoint>(openCheckpoint(model));
    checkExportFolder(checkpoint->folder, folder);
    return checkpoint;
}

ExportSource sourceOf(std::shared_ptr<const Checkpoint> checkpoint, CompressedModel made)
{
    ExportSource source;
    source.tokens = made.tokens();
    source.specification = std::move(made.specification);
    source.weights = std::move(made.weights);
    source.notes = std::move(made.plan.notes);
    source.record.recipe = std::move(made.plan.recipe);
    source.record.model = absolutePath(checkpoint->folder);
    source.record.versions = versions();
    if (checkpoint->record)
        source.record.history = historyOf(*checkpoint->record);
    source.checkpoint = std::move(checkpoint);
    return source;
}

/// Throws where the weights are not those that were measured.
void finish(ExportSource &source, const Run &run, Progress &progress)
{
    source.record.weightHash = hashOf(source.specification, source.weights, progress,
                                      [&] { source.checkpoint->releasePages(); });
    if (source.record.weightHash != run.weightHash)
        throw Error(ErrorKind::InvalidFile, messages::experimentWeights, run.id,
                    source.record.weightHash, run.weightHash);
    source.record.model = run.modelPath;
    source.record.modelHash = run.modelHash;
    source.record.seed = run.seed;
    source.record.recipe = run.recipe;
    source.record.run = run;
}

} // namespace

void checkExportFolder(const fs::path &model, const fs::path &folder)
{
    std::error_code ignored;
    if (folder.empty())
        return;
    if (fs::equivalent(folder, fs::is_directory(model, ignored) ? model : model.parent_path(),
                       ignored))
        throw Error(ErrorKind::InvalidSetting, messages::experimentOverwrites, folder);
    checkWritableFolder(folder);
    checkReplaceable(folder);
}

ExportSource exportSource(const ExperimentOptions &options, const Recipe &recipe,
                          const fs::path &folder, Progress &progress)
{
    const std::shared_ptr<const Checkpoint> checkpoint = opened(options.model, folder);
    const RecipePlan planned = plan(recipe, checkpoint->description);
    const std::string modelHash = hashOf(*checkpoint, progress);
    const std::string identity =
        runId(planned.recipe, {modelHash, "export", options.seed, options.threads, {}});
    ExportSource source =
        sourceOf(checkpoint, madeAgain(*checkpoint, options, planned, identity, progress));
    source.record.modelHash = modelHash;
    source.record.seed = options.seed;
    source.record.weightHash = hashOf(source.specification, source.weights, progress,
                                      [&] { source.checkpoint->releasePages(); });
    return source;
}

ExportSource exportSource(const Run &run, const fs::path &trained, const fs::path &folder,
                          Progress &progress)
{
    if (const fs::path kept = trained / run.weightHash;
        run.training && !trained.empty() && fs::exists(kept / "config.json")) {
        ExportSource source;
        source.checkpoint = opened(kept, folder);
        source.specification = source.checkpoint->specification;
        source.weights = source.checkpoint->weights;
        source.otherHeads = source.checkpoint->otherHeads;
        source.record.versions = versions();
        finish(source, run, progress);
        return source;
    }
    if (run.distillation)
        throw Error(ErrorKind::Unsupported, messages::distillGone, run.id);
    const std::shared_ptr<const Checkpoint> checkpoint = opened(run.modelPath, folder);
    if (hashOf(*checkpoint, progress) != run.modelHash)
        throw Error(ErrorKind::InvalidFile, messages::experimentModelChanged, run.modelPath,
                    run.id);
    startComputing(run.threads); // sums over calibration data depend on it in their last digits
    const RecipePlan planned = plan(run.recipe, checkpoint->description);
    ExportSource source =
        sourceOf(checkpoint, madeAgain(*checkpoint, optionsOf(run), planned, run.id, progress));
    finish(source, run, progress);
    return source;
}

} // namespace pare

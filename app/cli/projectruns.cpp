#include "app/cli/projectruns.h"

#include "app/cli/messages.h"
#include "app/cli/terminal.h"
#include "core/base/files.h"

#include <filesystem>

namespace pare {

ProjectRuns::ProjectRuns(const std::string &path)
    : m_path(path)
{
    if (path.empty())
        return;
    if (std::filesystem::exists(path)) {
        m_project.emplace(Project::open(path, Access::ReadWrite));
    } else {
        makeParentFolders(path);
        m_project.emplace(Project::create(path));
    }
}

void ProjectRuns::choose(const ExperimentOptions &options)
{
    if (!m_project || !m_project->currentChoices().modelPath.empty())
        return;
    Choices choices;
    choices.modelPath = options.model.string();
    choices.dataPath = options.data;
    choices.calibrationPath = options.calibration;
    choices.calibrationExamples = options.calibrationExamples;
    choices.seed = options.seed;
    choices.threads = options.threads;
    m_project->appendRevision(choices);
}

std::optional<Run> ProjectRuns::find(const std::string &id) const
{
    return m_project ? m_project->findRun(id) : std::nullopt;
}

std::vector<Run> ProjectRuns::all() const
{
    return m_project ? m_project->runs() : std::vector<Run>();
}

void ProjectRuns::append(const Run &run, const RunAnswers &answers)
{
    if (m_project && !m_project->appendRun(run, answers))
        printNote(message(messages::runStored, m_path, run.id));
}

std::function<void(const Run &, const RunAnswers &)> ProjectRuns::keeper()
{
    return [this](const Run &run, const RunAnswers &answers) { append(run, answers); };
}

} // namespace pare

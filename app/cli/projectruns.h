// The project a command writes its runs to, if it was given one.
#pragma once

#include "core/experiment/experiment.h"
#include "core/model/run.h"
#include "core/project/project.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pare {

class ProjectRuns
{
public:
    /// Opens or creates the project and holds its lock; an empty path: keeps nothing. Throws Error.
    explicit ProjectRuns(const std::string &path);

    /// Makes model, data, seed and threads the project's choice where it has none yet, so that the
    /// window opens on them.
    void choose(const ExperimentOptions &options);

    bool isKept() const { return m_project.has_value(); }

    /// The run that is there already, or nothing.
    std::optional<Run> find(const std::string &id) const;
    /// Those that are there; none where there is no project.
    std::vector<Run> all() const;
    /// Stored when this returns; one that is there already is kept, and a note says so.
    void append(const Run &run, const RunAnswers &answers);
    /// append(), for ExperimentOutputs::measured; must not outlive this.
    std::function<void(const Run &, const RunAnswers &)> keeper();

private:
    std::string m_path;
    std::optional<Project> m_project;
};

} // namespace pare

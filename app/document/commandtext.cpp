#include "app/document/commandtext.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

QString quoted(const std::string &argument)
{
    QString text = QString::fromStdString(argument);
    return "'" + text.replace("'", "'\\''") + "'";
}

/// The settings that are not the same in all of the steps; empty also where one lacks a setting.
std::set<std::string> varied(const std::vector<Step> &steps)
{
    std::set<std::string> names;
    for (const Step &step : steps) {
        for (const auto &[name, value] : step.settings) {
            const auto first = steps.front().settings.find(name);
            if (first == steps.front().settings.end())
                return {};
            if (first->second != value)
                names.insert(name);
        }
    }
    return names;
}

} // namespace

QString commandText(const CommandParts &parts, const Recipe &recipe)
{
    QString command = (parts.sweep.empty() ? "pare run " : "pare sweep ") + quoted(parts.model);
    const auto add = [&](const char *option, const std::string &value) {
        if (!value.empty())
            command += QString(" %1 %2").arg(option, quoted(value));
    };
    add("--data", parts.data);
    add("--calibration", parts.calibration);
    if (!parts.calibration.empty())
        command += QString(" --calibration-examples %1").arg(parts.calibrationExamples);
    add("--train", parts.train);
    add("--dev", parts.dev);
    for (const Step &step : recipe.allSteps())
        add("--step", step.text());
    add("--technique", parts.sweep);
    if (parts.threads > 0)
        command += QString(" --threads %1").arg(parts.threads);
    if (parts.seed > 0)
        command += QString(" --seed %1").arg(parts.seed);
    return command;
}

std::string alternativesText(const std::vector<Step> &steps)
{
    if (steps.size() < 2)
        return {};
    const std::set<std::string> names = varied(steps);
    const auto alike = [&](const Step &step) {
        return step.technique == steps.front().technique && step.layers == steps.front().layers &&
               step.settings.size() == steps.front().settings.size();
    };
    if (names.size() != 1 || !std::ranges::all_of(steps, alike))
        return {};
    Step all = steps.front();
    std::string &values = all.settings[*names.begin()];
    values.clear();
    for (const Step &step : steps)
        values += (values.empty() ? "" : "|") + step.settings.at(*names.begin());
    return all.text();
}

} // namespace pare

#include "app/report/commands.h"

#include <algorithm>

namespace pare {

namespace {

constexpr std::int64_t usualBatchTokens = 2048;

/// A command that grows by an option a line.
class Command
{
public:
    explicit Command(std::string begin)
        : m_text(std::move(begin))
    {}

    void add(const std::string &option, const std::string &value)
    {
        if (!value.empty())
            m_text += " \\\n    --" + option + ' ' + shellWord(value);
    }
    void add(const std::string &option, std::uint64_t value) { add(option, std::to_string(value)); }

    std::string text() && { return std::move(m_text); }

private:
    std::string m_text;
};

/// "epochs=1 method=kd"
std::string settingsText(const Step &step)
{
    std::string text;
    for (const auto &[name, value] : step.settings)
        text += (text.empty() ? "" : " ") + name + '=' + value;
    return text;
}

void addSteps(Command &command, const Recipe &recipe)
{
    for (const Step &step : recipe.steps)
        command.add("step", step.text());
}

std::string distilling(const Run &run)
{
    const Distillation &taught = *run.distillation;
    Command command("pare distill --teacher " + shellWord(run.modelPath));
    command.add("student", taught.studentPath);
    addSteps(command, run.recipe);
    command.add("method", taught.method.text());
    command.add("layer-map", taught.layerMap);
    command.add("data", run.trainPath);
    command.add("corpus", taught.corpusPath);
    command.add("dev", run.devPath);
    command.add("test", run.dataPath);
    command.add("calibration", run.calibrationPath);
    for (const auto &[option, value] : taught.options)
        command.add(option, value);
    command.add("output", "STUDENT");
    command.add("threads", static_cast<std::uint64_t>(run.threads));
    command.add("seed", run.seed);
    return std::move(command).text();
}

} // namespace

std::string repeatingCommand(const Run &run)
{
    if (run.distillation)
        return distilling(run);
    Command command("pare run " + shellWord(run.modelPath) + " --data " + shellWord(run.dataPath));
    addSteps(command, run.recipe);
    if (run.recipe.training)
        command.add("recover", settingsText(*run.recipe.training));
    if (!run.calibrationPath.empty()) {
        command.add("calibration", run.calibrationPath);
        command.add("calibration-examples", static_cast<std::uint64_t>(run.calibrationExamples));
    }
    command.add("dev", run.devPath);
    command.add("train", run.trainPath);
    if (run.batchTokens > 0 && run.batchTokens != usualBatchTokens)
        command.add("batch-tokens", static_cast<std::uint64_t>(run.batchTokens));
    command.add("threads", static_cast<std::uint64_t>(run.threads));
    command.add("seed", run.seed);
    return std::move(command).text();
}

std::string shellWord(const std::string &text)
{
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/._-:,=+@%").find(c) != std::string_view::npos;
    };
    if (!text.empty() && std::ranges::all_of(text, plain))
        return text;
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + '\'';
}

} // namespace pare

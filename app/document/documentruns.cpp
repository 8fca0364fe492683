// Finished runs: what is said of them, and what their answers tell. Answers are read from the
// project on this thread (it holds 16 MB of a run at most); all that is computed of them, and the
// texts beside them, on the Look lane.
#include "core/project/project.h"
#include "core/search/changedanswers.h"

#include "app/document/document.h"
#include "app/document/messages.h"
#include "core/evaluation/statistics.h"
#include "core/model/training.h"

#include <algorithm>

namespace pare {

namespace {

/// Of calibration errors, which are not shown.
constexpr SliceOptions fewResamples{10, 0};

struct Stored
{
    Run run;
    RunAnswers answers;
};

std::string textOf(const Dataset &texts, std::size_t example)
{
    const Example found = texts[example];
    std::string text(found.textA);
    return texts.pairs() ? text + " | " + std::string(found.textB) : text;
}

RunFlips flipsOf(const Stored &stored, Progress &progress)
{
    ChangedAnswers changed = changedAnswers(stored.run, stored.answers, progress, fewResamples);
    RunFlips told;
    told.run = stored.run.id;
    told.labels = stored.answers.data.labelNames;
    told.flips = std::move(changed.flips);
    told.all = changed.slices.all;
    std::ranges::copy_if(changed.slices.slices, std::back_inserter(told.collapsed),
                         &SliceReport::collapsed);
    if (!changed.texts)
        told.withoutTexts = changed.withoutTexts;
    for (std::size_t i = 0; changed.texts && i < told.flips.size(); ++i)
        told.texts.push_back(textOf(*changed.texts, told.flips[i].example));
    return told;
}

void addDifferences(RunComparison &told, const std::vector<Stored> &runs)
{
    std::vector<std::vector<double>> sure;
    for (const Stored &stored : runs)
        sure.push_back(confidences(stored.answers.run));
    const AnsweredData &data = runs.front().answers.data;
    for (std::size_t example = 0; example < data.gold.size(); ++example) {
        RunComparison::Difference difference{example, {}, data.gold[example], {}};
        bool alike = true;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            difference.answers.push_back(
                {runs[i].answers.run.predicted[example], sure[i][example]});
            alike = alike && difference.answers[i].label == difference.answers[0].label;
        }
        if (!alike)
            told.differences.push_back(std::move(difference));
    }
    try {
        const Dataset texts = answeredTexts(runs.front().run, data);
        for (RunComparison::Difference &difference : told.differences)
            difference.text = textOf(texts, difference.example);
    } catch (const Error &error) {
        told.withoutTexts = error.message();
    }
}

/// All of the same data.
RunComparison comparisonOf(const std::vector<Stored> &runs, Progress &progress)
{
    RunComparison told;
    std::vector<std::vector<std::uint8_t>> correct;
    for (const Stored &stored : runs) {
        told.runs.push_back(stored.run.id);
        correct.push_back(correctAnswers(stored.answers.data, stored.answers.run));
        told.accuracies.push_back(wilsonInterval(std::ranges::count(correct.back(), 1),
                                                 static_cast<std::int64_t>(correct.back().size())));
    }
    told.labels = runs.front().answers.data.labelNames;
    told.examples = static_cast<std::int64_t>(correct.front().size());
    told.comparisons = compareAnswers(correct.front(), std::span(correct).subspan(1));
    progress.check();
    addDifferences(told, runs);
    return told;
}

RunBlame blameOf(const Run &run, const std::vector<std::size_t> &examples, Progress &progress)
{
    RunBlame told;
    told.run = run.id;
    for (const AnswerBlame &found : blamesOf(run, examples, progress)) {
        RunBlame::Answer answer{found.example, {}};
        for (const LayerBlame &layer : found.layers)
            answer.layers.push_back({layer.layer, layer.verified, layer.restores});
        told.answers.push_back(std::move(answer));
    }
    return told;
}

} // namespace

void Document::readNotes()
{
    m_notes = m_project ? m_project->runNotes() : RunNotes();
}

void Document::setRunNotes(const RunNotes &notes)
{
    if (!m_project || isReadOnly())
        return;
    const bool stored = attempt([&] {
        m_project->setRunNotes(notes);
        readNotes();
    });
    if (stored)
        Q_EMIT runsChanged();
}

std::optional<Choices> Document::choicesBefore() const
{
    return canUndo() ? m_project->choicesBefore() : std::nullopt;
}

std::optional<Choices> Document::choicesAfter() const
{
    return canRedo() ? m_project->choicesAfter() : std::nullopt;
}

NoteChanges Document::notesToUndo() const
{
    return canUndo() ? m_project->notesToUndo() : NoteChanges();
}

NoteChanges Document::notesToRedo() const
{
    return canRedo() ? m_project->notesToRedo() : NoteChanges();
}

void Document::bringBack(const std::string &id)
{
    RunNote note = noteOf(m_notes, id);
    if (!note.deleted)
        return;
    note.deleted = false;
    setRunNotes({{id, note}});
}

void Document::compareRuns(const std::vector<std::string> &ids)
{
    const auto runs = std::make_shared<std::vector<Stored>>();
    const auto told = std::make_shared<RunComparison>();
    told->runs = ids;
    if (m_compareJob)
        m_jobs->cancel(*m_compareJob);
    const std::uint64_t request = ++m_compareRequest;
    try {
        for (const std::string &id : ids) {
            const Run *run = findRun(id);
            auto answers = run ? m_project->answersOf(id) : std::nullopt;
            if (!answers)
                throw Error(ErrorKind::Unsupported, messages::documentNoAnswers, id);
            runs->push_back({*run, std::move(*answers)});
            const AnsweredData &data = runs->back().answers.data;
            const AnsweredData &first = runs->front().answers.data;
            if (data.hash != first.hash || data.labelNames != first.labelNames)
                throw Error(ErrorKind::InvalidSetting, messages::documentOtherData, ids.front(),
                            id);
        }
    } catch (const Error &error) {
        told->error = error.message();
        Q_EMIT runsCompared(*told);
        return;
    }
    if (runs->size() < 2)
        return;
    m_compareJob =
        startLook([runs, told](Progress &progress) { *told = comparisonOf(*runs, progress); },
                  [this, request, told](const JobOutcome &outcome) {
                      if (request != m_compareRequest || outcome.result == JobResult::Cancelled)
                          return;
                      if (outcome.error)
                          told->error = outcome.error->message();
                      Q_EMIT runsCompared(*told);
                  });
}

void Document::findFlips(const std::string &id)
{
    const auto stored = std::make_shared<Stored>();
    const auto told = std::make_shared<RunFlips>();
    told->run = id;
    if (m_flipsJob)
        m_jobs->cancel(*m_flipsJob);
    const std::uint64_t request = ++m_flipsRequest;
    try {
        const Run *run = findRun(id);
        auto answers = run ? m_project->answersOf(id) : std::nullopt;
        if (!answers)
            throw Error(ErrorKind::Unsupported, messages::documentNoAnswers, id);
        *stored = {*run, std::move(*answers)};
    } catch (const Error &error) {
        told->error = error.message();
        Q_EMIT flipsFound(*told);
        return;
    }
    m_flipsJob =
        startLook([stored, told](Progress &progress) { *told = flipsOf(*stored, progress); },
                  [this, request, told](const JobOutcome &outcome) {
                      if (request != m_flipsRequest || outcome.result == JobResult::Cancelled)
                          return;
                      if (outcome.error)
                          told->error = outcome.error->message();
                      Q_EMIT flipsFound(*told);
                  });
}

void Document::blame(const std::string &id, const std::vector<std::size_t> &examples)
{
    const Run *run = findRun(id);
    if (!run || examples.empty())
        return;
    const auto told = std::make_shared<RunBlame>();
    Work job;
    job.name = nameParts(*run);
    job.title = message(messages::documentBlaming, text(job.name));
    job.command = QStringLiteral("blame ") + QString::fromStdString(id);
    for (const std::size_t example : examples)
        job.command += QStringLiteral(" %1").arg(example);
    job.run = [told, run = *run, examples](Progress &progress) {
        *told = blameOf(run, examples, progress);
    };
    job.ended = [this, told](const JobOutcome &outcome) {
        if (outcome.result == JobResult::Finished)
            Q_EMIT runBlamed(*told);
    };
    startWork(std::move(job));
}

} // namespace pare

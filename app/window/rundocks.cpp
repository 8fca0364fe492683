#include "app/window/rundocks.h"

#include "app/document/document.h"
#include "app/window/changenames.h"
#include "app/window/runviews.h"
#include "app/window/viewvalues.h"
#include "widgets/panels/runspanel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <algorithm>
#include <ranges>

namespace pare {

RunDocks::RunDocks(Document &document, const RunViews &views, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_views(views)
{
    connectRuns();
    connect(&m_document, &Document::projectChanged, this, [this] {
        m_known = {};
        m_asked.clear();
        refreshCompare();
        refreshAnswers();
        tellCompared();
    });
    connect(&m_document, &Document::runsChanged, this, &RunDocks::refreshRuns);
    connect(&m_document, &Document::choicesChanged, this, &RunDocks::refreshRuns);
    connect(&m_document, &Document::flipsFound, this, [this](const RunFlips &flips) {
        m_known.flips = flips;
        refreshAnswers();
    });
    connect(&m_document, &Document::runsCompared, this, [this](const RunComparison &comparison) {
        m_known.comparison = comparison;
        refreshCompare();
    });
    connect(&m_document, &Document::runBlamed, this, [this](const RunBlame &blame) {
        RunBlame &known = m_known.blames[blame.run];
        known.run = blame.run;
        for (const RunBlame::Answer &answer : blame.answers) {
            std::erase_if(known.answers, [&](const RunBlame::Answer &old) {
                return old.example == answer.example;
            });
            known.answers.push_back(answer);
        }
        refreshAnswers();
    });
    connect(m_views.answersDock, &QDockWidget::visibilityChanged, this,
            [this] { refreshAnswers(); });
    connect(m_views.compareDock->toggleViewAction(), &QAction::toggled, this,
            &RunDocks::tellCompared);
    connect(m_views.answers, &AnswersPanel::fillRequested, this, [this] {
        if (const std::vector<std::string> ids = newestRuns(1); !ids.empty())
            Q_EMIT runWanted(QString::fromStdString(ids.front()));
    });
    connect(m_views.compare, &ComparePanel::fillRequested, this, [this] {
        QStringList ids;
        for (const std::string &id : newestRuns(2))
            ids << QString::fromStdString(id);
        compare(ids);
    });
    connect(m_views.answers, &AnswersPanel::layersNamed, this, &RunDocks::layersNamed);
    connect(m_views.compare, &ComparePanel::layersNamed, this, &RunDocks::layersNamed);
    connect(m_views.answers, &AnswersPanel::blameRequested, this,
            [this](const std::vector<std::size_t> &examples) {
                if (m_known.flips)
                    m_document.blame(m_known.flips->run, examples);
            });
    refreshRuns();
}

void RunDocks::connectRuns()
{
    RunsPanel *runs = m_views.runs;
    connect(runs, &RunsPanel::compareRequested, this, &RunDocks::compare);
    connect(runs, &RunsPanel::exportRequested, this, &RunDocks::exportRequested);
    connect(runs, &RunsPanel::commandRequested, this, [this](const QString &id) {
        if (const Run *run = m_document.findRun(id.toStdString()))
            QApplication::clipboard()->setText(Document::commandOf(*run));
    });
    connect(runs, &RunsPanel::noteGiven, this, [this](const QStringList &ids, const QString &text) {
        change(ids, [&](RunNote &note) { note.text = text.toStdString(); });
    });
    connect(runs, &RunsPanel::tagsGiven, this,
            [this](const QStringList &ids, const QStringList &tags) {
                change(ids, [&](RunNote &note) {
                    note.tags.clear();
                    for (const QString &tag : tags)
                        note.tags.push_back(tag.toStdString());
                });
            });
    connect(runs, &RunsPanel::pinsGiven, this, [this](const QStringList &ids, bool pinned) {
        change(ids, [pinned](RunNote &note) { note.pinned = pinned; });
    });
    connect(runs, &RunsPanel::colourGiven, this,
            [this](const QStringList &ids, const QString &colour) {
                change(ids, [&](RunNote &note) { note.colour = colour.toStdString(); });
            });
    connect(runs, &RunsPanel::deleteRequested, this, [this](const QStringList &ids) {
        m_known.deleted = true;
        change(ids, [](RunNote &note) { note.deleted = true; });
    });
    connect(runs, &RunsPanel::bringBackRequested, this, [this](const QStringList &ids) {
        change(ids, [](RunNote &note) { note.deleted = false; });
    });
    connect(runs, &RunsPanel::undoRequested, &m_document, &Document::undo);
}

void RunDocks::change(const QStringList &ids, const std::function<void(RunNote &)> &edit)
{
    RunNotes notes;
    for (const QString &id : ids) {
        RunNote note = noteOf(m_document.runNotes(), id.toStdString());
        edit(note);
        notes[id.toStdString()] = note;
    }
    m_document.setRunNotes(notes);
}

void RunDocks::refreshRuns()
{
    m_views.runs->setAccess(m_document.isReadOnly() ? RunsAccess::ReadOnly
                                                    : RunsAccess::Changeable);
    const NoteChanges changes = m_known.deleted ? m_document.notesToUndo() : NoteChanges();
    m_views.runs->offerUndo(deletesRuns(changes)
                                ? tr("Deleted: %1").arg(changedRuns(changes, m_document.runs()))
                                : QString());
    refreshCompare();
    refreshAnswers();
}

void RunDocks::setShownRun(const QString &id)
{
    if (id == m_shown)
        return;
    m_shown = id;
    refreshAnswers();
}

void RunDocks::setState(const RunDocksState &state)
{
    m_known = state;
    refreshRuns();
}

/// The last runs that stand in the table and do something, in their order; fewer where there are no more.
std::vector<std::string> RunDocks::newestRuns(std::size_t count) const
{
    std::vector<std::string> ids;
    const std::vector<const Run *> runs = comparableRuns(m_document);
    for (const Run *run : runs | std::views::reverse) {
        if (!isOriginal(*run) && ids.size() < count)
            ids.insert(ids.begin(), run->id);
    }
    return ids;
}

void RunDocks::refreshAnswers()
{
    if (!m_views.answersDock->isVisible())
        return;
    const Run *run = m_document.findRun(m_shown.toStdString());
    if (!run) {
        m_asked.clear();
        AnswersData data = answersPlaceholder(
            tr("Choose a measured run, on the chart or in the table: here stand the answers that "
               "are not the original's."));
        if (!newestRuns(1).empty())
            data.fill = tr("Show the newest run");
        m_views.answers->setData(data);
        return;
    }
    if (m_known.flips && m_known.flips->run == run->id) {
        const auto blame = m_known.blames.find(run->id);
        m_views.answers->setData(answersData(
            *run, *m_known.flips, blame == m_known.blames.end() ? nullptr : &blame->second));
        return;
    }
    if (m_asked == m_shown)
        return; // the answer is on its way
    m_asked = m_shown;
    m_views.answers->setData(answersPlaceholder(tr("Looking at its answers …")));
    m_document.findFlips(run->id);
}

void RunDocks::compare(const QStringList &ids)
{
    m_known.compared.clear();
    for (const QString &id : ids)
        m_known.compared.push_back(id.toStdString());
    m_known.comparison.reset();
    m_views.compareDock->show();
    m_views.compareDock->raise();
    refreshCompare();
    m_document.compareRuns(m_known.compared);
    tellCompared();
}

void RunDocks::tellCompared()
{
    QStringList ids;
    // Behind another tab it is not visible, but still open.
    if (m_views.compareDock->toggleViewAction()->isChecked()) {
        for (const std::string &id : m_known.compared)
            ids << QString::fromStdString(id);
    }
    Q_EMIT comparedChanged(ids);
}

void RunDocks::refreshCompare()
{
    std::vector<Run> runs;
    for (const std::string &id : m_known.compared) {
        if (const Run *run = m_document.findRun(id))
            runs.push_back(*run);
    }
    if (runs.empty()) {
        CompareData data;
        data.state = tr("Select two or more runs and press Ctrl+D: here they stand side by side.");
        if (newestRuns(2).size() == 2)
            data.fill = tr("Compare the two newest");
        m_views.compare->setData(data);
        return;
    }
    m_views.compare->setData(
        compareData(runs, m_known.comparison ? &*m_known.comparison : nullptr));
}

} // namespace pare

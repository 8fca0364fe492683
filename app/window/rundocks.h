// What a person does with finished runs: notes, tags, delete, compare, changed answers and blame.
// Stands between the document and the panels of runs, compared runs and changed answers.
//
// Window's thread; owned by the workspace, which also owns the panels.
#pragma once

#include "app/document/runvalues.h"
#include "core/model/runnote.h"

#include <QObject>
#include <QStringList>
#include <functional>
#include <map>
#include <optional>

class QDockWidget;

namespace pare {

class AnswersPanel;
class ComparePanel;
class Document;
class RunsPanel;

struct RunViews
{
    RunsPanel *runs = nullptr;
    ComparePanel *compare = nullptr;
    AnswersPanel *answers = nullptr;
    QDockWidget *compareDock = nullptr;
    QDockWidget *answersDock = nullptr;
};

/// What was asked of runs so far.
struct RunDocksState
{
    std::optional<RunFlips> flips;
    std::map<std::string, RunBlame> blames; ///< by the run's id, as far as they were asked for
    std::vector<std::string> compared;      ///< ids
    std::optional<RunComparison> comparison;
    bool deleted = false; ///< in this session, so that the way back is offered
};

class RunDocks : public QObject
{
    Q_OBJECT

public:
    RunDocks(Document &document, const RunViews &views, QObject *parent = nullptr);

    /// The run that is on the views, measured; empty: none. Its answers are looked at only while
    /// their dock is open.
    void setShownRun(const QString &id);
    /// For one that takes this one's place.
    const RunDocksState &state() const { return m_known; }
    void setState(const RunDocksState &state);

Q_SIGNALS:
    /// Layers that a person asked after: those of an answer, or of a row.
    void layersNamed(const QStringList &layers);
    void exportRequested(const QString &id);
    /// A run is to be shown.
    void runWanted(const QString &id);
    /// Other runs stand side by side; none: the comparison was closed.
    void comparedChanged(const QStringList &ids);

private:
    void connectRuns();
    void refreshRuns();
    void refreshAnswers();
    void refreshCompare();
    void compare(const QStringList &ids);
    void tellCompared();
    std::vector<std::string> newestRuns(std::size_t count) const;
    void change(const QStringList &ids, const std::function<void(RunNote &)> &edit);

    Document &m_document;
    RunViews m_views;
    QString m_shown;
    RunDocksState m_known;
    QString m_asked; ///< the run whose answers are being looked at
};

} // namespace pare

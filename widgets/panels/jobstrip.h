// The line at the bottom: what runs, how far, how long, how to stop it; what went wrong, in words.
// Shows the values it was given; window's thread; owned by the main window.
#pragma once

#include <QFrame>
#include <QPointer>
#include <QString>
#include <functional>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace pare {

class ElidedLabel;
class ProblemDetails;

struct JobStripData
{
    QString text; ///< "Measuring 4 bits: 2,816 of 4,212 rows · 91.2 % (89.8 … 92.4) so far"
    bool running = false;
    bool paused = false;         ///< while running
    std::optional<double> share; ///< done, 0…1; nothing while running: not known
    QString timeLeft;            ///< "3 s left"
    QString jobs;                ///< opens the list of jobs: "2 waiting"; empty: there is none
    QString state;               ///< "saved · 2 threads"
};

/// What can be done about what went wrong, beside reading it.
struct ProblemAction
{
    QString title; ///< empty: nothing
    std::function<void()> act;
};

class JobStrip : public QFrame
{
    Q_OBJECT

public:
    explicit JobStrip(QWidget *parent = nullptr);
    ~JobStrip() override;

    void setData(const JobStripData &data);
    const JobStripData &data() const { return m_data; }
    /// Stays until it is dismissed or another comes; empty: none. All of a text that is too long for the
    /// line stands in a panel above it on demand.
    void setProblem(const QString &text, const ProblemAction &action = {});
    QString problem() const { return m_problem; }
    const ProblemAction &problemAction() const { return m_action; }

Q_SIGNALS:
    void cancelRequested();
    void pauseRequested();
    void continueRequested();
    /// A person wants to see the list of jobs.
    void jobsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showText();
    void offerDetails();
    void showDetails(bool shown);

    JobStripData m_data;
    QString m_problem;
    ProblemAction m_action;
    QPointer<ProblemDetails>
        m_details; ///< of the window above this; made when it is asked for first
    ElidedLabel *m_text;
    QProgressBar *m_bar;
    QLabel *m_timeLeft;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QPushButton *m_more; ///< all of a long text
    QPushButton *m_act;
    QPushButton *m_copy;
    QPushButton *m_dismiss;
    QPushButton *m_jobs;
    QLabel *m_state;
};

} // namespace pare

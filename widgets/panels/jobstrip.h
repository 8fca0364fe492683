// The line at the bottom: what runs, how far, how long, how to stop it; what went wrong, in words.
// Shows the values it was given; window's thread; owned by the main window.
#pragma once

#include <QFrame>
#include <QString>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace pare {

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

class JobStrip : public QFrame
{
    Q_OBJECT

public:
    explicit JobStrip(QWidget *parent = nullptr);

    void setData(const JobStripData &data);
    const JobStripData &data() const { return m_data; }
    /// Stays until it is dismissed or another comes; empty: none.
    void setProblem(const QString &text);
    QString problem() const { return m_problem; }

Q_SIGNALS:
    void cancelRequested();
    void pauseRequested();
    void continueRequested();
    /// A person wants to see the list of jobs.
    void jobsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    JobStripData m_data;
    QString m_problem;
    QLabel *m_text;
    QProgressBar *m_bar;
    QLabel *m_timeLeft;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QPushButton *m_copy;
    QPushButton *m_dismiss;
    QPushButton *m_jobs;
    QLabel *m_state;
};

} // namespace pare

#include "widgets/panels/jobstrip.h"

#include "widgets/panels/problemdetails.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

namespace pare {

namespace {

QPushButton *flatButton(const QString &text, const char *name)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QLatin1String(name));
    button->setFlat(true);
    button->setProperty("slim", true);
    return button;
}

} // namespace

JobStrip::JobStrip(QWidget *parent)
    : QFrame(parent)
    , m_text(new ElidedLabel)
    , m_bar(new QProgressBar)
    , m_timeLeft(new QLabel)
    , m_pause(flatButton({}, "pause"))
    , m_cancel(flatButton(tr("Cancel"), "cancel"))
    , m_more(flatButton(tr("Details"), "problemDetails"))
    , m_act(flatButton({}, "problemAction"))
    , m_copy(flatButton(tr("Copy"), "copyProblem"))
    , m_dismiss(flatButton(tr("Dismiss"), "dismissProblem"))
    , m_jobs(flatButton({}, "jobsButton"))
    , m_state(new QLabel)
{
    setProperty("kind", "strip");
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->setFixedWidth(170);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    for (QLabel *label : {m_timeLeft, m_state})
        label->setProperty("kind", "secondary");
    m_more->setCheckable(true);
    m_more->setToolTip(tr("All of the message"));
    m_copy->setToolTip(tr("Copy the message"));
    m_dismiss->setToolTip(tr("Take the message away"));
    m_cancel->setToolTip(tr("Stop what runs and what waits (Esc); what is finished stays"));

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(spacing::around, 2, spacing::around, 2);
    line->setSpacing(spacing::wide);
    line->addWidget(m_text, 1);
    line->addWidget(m_more);
    line->addWidget(m_act);
    line->addWidget(m_copy);
    line->addWidget(m_dismiss);
    line->addWidget(m_bar);
    line->addWidget(m_timeLeft);
    m_pause->setToolTip(tr("Holds the work where it is, and lets it go on"));
    line->addWidget(m_pause);
    line->addWidget(m_cancel);
    line->addSpacing(spacing::around);
    line->addWidget(m_jobs);
    line->addWidget(m_state);
    setFixedHeight(qMax(28, fontMetrics().height() + 14));

    connect(m_cancel, &QPushButton::clicked, this, &JobStrip::cancelRequested);
    m_jobs->setToolTip(tr("What runs, what waits, and what was done since the program was opened"));
    connect(m_jobs, &QPushButton::clicked, this, &JobStrip::jobsRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_data.paused)
            Q_EMIT continueRequested();
        else
            Q_EMIT pauseRequested();
    });
    connect(m_more, &QPushButton::toggled, this, &JobStrip::showDetails);
    connect(m_act, &QPushButton::clicked, this, [this] {
        const ProblemAction action = m_action;
        setProblem({});
        action.act();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_problem); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] { setProblem({}); });
    setData({});
    setProblem({});
}

JobStrip::~JobStrip()
{
    delete m_details;
}

void JobStrip::setData(const JobStripData &data)
{
    m_data = data;
    m_bar->setVisible(data.running);
    m_bar->setRange(0, data.share ? 1000 : 0);
    m_bar->setValue(data.share ? qRound(*data.share * 1000) : 0);
    m_timeLeft->setVisible(data.running && !data.timeLeft.isEmpty());
    m_timeLeft->setText(data.timeLeft);
    m_cancel->setVisible(data.running);
    m_pause->setVisible(data.running);
    m_pause->setText(data.paused ? tr("Continue") : tr("Pause"));
    m_jobs->setText(data.jobs);
    m_jobs->setVisible(!data.jobs.isEmpty());
    m_state->setText(data.state);
    showText();
}

void JobStrip::setProblem(const QString &text, const ProblemAction &action)
{
    if (text != m_problem)
        m_more->setChecked(false);
    m_problem = text;
    m_action = action;
    m_act->setText(action.title);
    m_act->setToolTip(action.title);
    m_act->setVisible(!action.title.isEmpty());
    m_copy->setVisible(!text.isEmpty());
    m_dismiss->setVisible(!text.isEmpty());
    m_text->setProperty("kind", text.isEmpty() ? QVariant() : QVariant("problem"));
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    showText();
}

void JobStrip::showText()
{
    const bool wrong = !m_problem.isEmpty();
    const QString &text = wrong ? m_problem : m_data.text;
    // How it ended stands at the end; of what went wrong, the beginning says most.
    m_text->setElideMode(wrong ? Qt::ElideRight : Qt::ElideMiddle);
    m_text->setText(text.section('\n', 0, 0));
    m_text->setToolTip(text);
    m_text->setAccessibleName(text);
    offerDetails();
}

/// Where not all of the problem can be read.
void JobStrip::offerDetails()
{
    const int room = m_text->width() + (m_more->isHidden() ? 0 : m_more->width());
    m_more->setVisible(
        !m_problem.isEmpty() &&
        (m_text->fontMetrics().horizontalAdvance(m_problem) > room || m_problem.contains('\n')));
}

void JobStrip::showDetails(bool shown)
{
    if (!shown && !m_details)
        return;
    if (!m_details) {
        m_details = new ProblemDetails(window());
        connect(m_details, &ProblemDetails::closed, this, [this] {
            m_more->setChecked(false);
            m_more->setFocus();
        });
    }
    if (shown)
        m_details->showAbove(this, m_problem);
    else
        m_details->hide();
}

void JobStrip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    offerDetails();
    if (m_more->isChecked())
        showDetails(true);
}

} // namespace pare

// The list of jobs: what runs, what waits, what was done in this session.
#include "app/document/document.h"
#include "app/window/dockarea.h"
#include "app/window/jobrows.h"
#include "app/window/workspace.h"
#include "widgets/panels/jobspanel.h"

#include <QTableWidget>

namespace pare {

namespace {

constexpr int refreshes = 250; // milliseconds between two of what runs

} // namespace

void Workspace::connectJobs()
{
    connect(m_jobs, &JobsPanel::pauseRequested, &m_document, &Document::pauseJob);
    connect(m_jobs, &JobsPanel::continueRequested, &m_document, &Document::continueJob);
    connect(m_jobs, &JobsPanel::cancelRequested, &m_document, &Document::cancelJob);
    connect(m_jobs, &JobsPanel::firstRequested, &m_document, &Document::moveJobFirst);
    connect(m_jobs, &JobsPanel::repeatRequested, &m_document, &Document::repeatJob);
    const auto refresh = [this] { m_jobs->setRows(jobRows(m_document.jobEntries())); };
    m_jobsTimer.setSingleShot(true);
    m_jobsTimer.setInterval(refreshes);
    connect(&m_jobsTimer, &QTimer::timeout, this, refresh);
    connect(&m_document, &Document::jobChanged, this, [this] {
        if (!m_jobsTimer.isActive())
            m_jobsTimer.start();
    });
    connect(&m_document, &Document::projectChanged, this, refresh);
    refresh();
}

void Workspace::showJobs()
{
    m_area->showInFront(Panel::Jobs);
    m_jobs->table()->setFocus();
}

} // namespace pare

#include "widgets/panels/spectrumpage.h"

#include "widgets/theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pare {

SpectrumPage::SpectrumPage(QWidget *parent)
    : QWidget(parent)
    , m_view(new SpectrumView)
    , m_use(new QPushButton)
    , m_note(new QLabel)
{
    setObjectName(QStringLiteral("spectrumPage"));
    m_view->setObjectName(QStringLiteral("spectrum"));
    m_use->setObjectName(QStringLiteral("useRank"));
    m_use->setToolTip(tr("The matrix becomes a product of two of this rank: a step of the recipe"));
    m_note->setObjectName(QStringLiteral("spectrumNote"));
    m_note->setProperty("kind", "secondary");
    m_note->setWordWrap(true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, spacing::inside, 0, 0);
    column->setSpacing(spacing::inside);
    column->addWidget(m_view);
    column->addWidget(m_use, 0, Qt::AlignLeft);
    column->addWidget(m_note);
    connect(m_view, &SpectrumView::rankMoved, this, &SpectrumPage::showCut);
    connect(m_view, &SpectrumView::rankChosen, this, &SpectrumPage::choose);
    connect(m_use, &QPushButton::clicked, this, [this] { choose(m_view->rank()); });
    m_view->hide();
    m_use->hide();
}

void SpectrumPage::setData(const SpectrumPageData &data)
{
    if (data == m_data)
        return;
    m_data = data;
    m_view->setVisible(data.spectrum.has_value());
    m_use->setVisible(data.spectrum.has_value());
    m_view->setData(data.spectrum.value_or(SpectrumData()));
    m_note->setText(data.note);
    m_note->setVisible(!data.note.isEmpty());
    showCut();
}

void SpectrumPage::showCut()
{
    if (!m_data.spectrum)
        return;
    const bool there = m_data.spectrum->rank == m_view->rank();
    m_use->setText(there ? tr("Rank %1 is in the recipe").arg(m_view->rank())
                         : tr("Use rank %1").arg(m_view->rank()));
    m_use->setEnabled(m_data.editable && !there && m_view->saves(m_view->rank()));
}

void SpectrumPage::choose(int rank)
{
    if (m_data.editable)
        Q_EMIT rankChosen(rank);
}

} // namespace pare

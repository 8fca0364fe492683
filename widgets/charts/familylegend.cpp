#include "widgets/charts/familylegend.h"

#include "widgets/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace pare {

FamilyLegend::FamilyLegend(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    // Marks stand under what is above them, though the buttons reach a little further.
    m_row->setContentsMargins(spacing::around - spacing::tight, spacing::tight, spacing::around, 0);
    m_row->setSpacing(spacing::tight);
    m_row->addStretch(1);
}

void FamilyLegend::setFamilies(const QList<QAction *> &families)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (QAction *family : families) {
        auto *button = new QToolButton;
        button->setProperty("kind", "legend");
        button->setFont(smallerFont(font()));
        button->setIconSize({12, 12});
        button->setDefaultAction(family);
        m_row->insertWidget(static_cast<int>(m_buttons.size()), button);
        m_buttons << button;
    }
    setVisible(m_buttons.size() > 1);
    fit();
}

/// Marks alone fit everywhere.
QSize FamilyLegend::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void FamilyLegend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// Where there is no room for words, the marks stay, with the words as tool tips.
void FamilyLegend::fit()
{
    const auto show = [this](Qt::ToolButtonStyle style) {
        int needed = m_row->contentsMargins().left() + m_row->contentsMargins().right();
        for (QToolButton *button : m_buttons) {
            button->setToolButtonStyle(style);
            needed += button->sizeHint().width() + m_row->spacing();
        }
        return needed <= width();
    };
    if (!show(Qt::ToolButtonTextBesideIcon))
        show(Qt::ToolButtonIconOnly);
}

} // namespace pare

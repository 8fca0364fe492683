#include "widgets/panels/noticebar.h"

#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace pare {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_action(new QPushButton)
{
    setProperty("kind", "ribbon");
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("noticeAction"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(spacing::around, spacing::tight, spacing::around, spacing::tight);
    line->addWidget(m_text, 1);
    line->addWidget(m_action);
    connect(m_action, &QPushButton::clicked, this, &NoticeBar::actionRequested);
    hide();
}

void NoticeBar::setNotice(const Notice &notice)
{
    m_notice = notice;
    setVisible(!notice.text.isEmpty());
    m_text->setText(notice.text);
    m_text->setProperty("kind", notice.weight == Notice::Weight::Problem ? QVariant("problem")
                                                                         : QVariant());
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    m_action->setVisible(!notice.action.isEmpty());
    m_action->setText(notice.action);
    m_action->setToolTip(notice.text);
}

} // namespace pare

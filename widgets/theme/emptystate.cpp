#include "widgets/theme/emptystate.h"

#include "widgets/theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pare {

EmptyState::EmptyState(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_action(new QPushButton)
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("kind", "empty");
    m_text->setObjectName(name);
    m_text->setProperty("kind", "secondary");
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_action->setObjectName(name + QStringLiteral("Action"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addStretch(1);
    column->addWidget(m_text);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    setAction({});
}

void EmptyState::setText(const QString &text)
{
    m_text->setText(text);
    m_action->setToolTip(text);
}

QString EmptyState::text() const
{
    return m_text->text();
}

void EmptyState::setAction(const QString &action)
{
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

} // namespace pare

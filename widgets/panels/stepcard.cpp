#include "widgets/panels/stepcard.h"

#include "widgets/theme/direction.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/toggleswitch.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QStyle>

namespace pare {

namespace {

QFont exactFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(smallerFont(base).pointSizeF());
    return font;
}

/// With places to break the line after commas.
QString breakable(QString text)
{
    return text.replace(',', QStringLiteral(",\u200b"));
}

/// Two lines of it, to the end of a word; the tool tip and the recipe as text have it whole.
QString shortened(const QString &text)
{
    constexpr int longest = 66;
    if (text.size() <= longest)
        return text;
    static const QRegularExpression joint(QStringLiteral("[ ,]"));
    const qsizetype end = text.lastIndexOf(joint, longest);
    return text.left(end > longest / 2 ? end : longest) + QStringLiteral(" \u2026");
}

} // namespace

StepCard::StepCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_effect(new QLabel)
    , m_error(new QLabel)
    , m_switch(new ToggleSwitch)
{
    setProperty("card", true);
    setFocusPolicy(Qt::StrongFocus);
    m_title->setProperty("kind", "heading");
    m_title->setWordWrap(true);
    m_text->setProperty("kind", "secondary");
    m_text->setFont(exactFont(font()));
    m_text->setWordWrap(true);
    m_effect->setProperty("kind", "secondary");
    m_effect->setFont(smallerFont(font()));
    m_effect->setWordWrap(true);
    m_error->setProperty("kind", "problem");
    m_error->setFont(smallerFont(font()));
    m_error->setWordWrap(true);
    m_switch->setAccessibleName(tr("Step is on"));
    m_switch->setToolTip(tr("Whether this step is done"));
    // A long selection must not widen the panel.
    for (QLabel *label : {m_title, m_text, m_effect, m_error}) {
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setAlignment(readingSide() | Qt::AlignVCenter);
    }

    auto *top = new QHBoxLayout;
    top->setSpacing(spacing::inside);
    top->addWidget(m_title, 1);
    top->addWidget(m_switch, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide + 2, spacing::inside, spacing::wide, spacing::inside);
    column->setSpacing(2);
    column->addLayout(top);
    column->addWidget(m_text);
    column->addWidget(m_effect);
    column->addWidget(m_error);
    connect(m_switch, &ToggleSwitch::clicked, this, &StepCard::enabledChanged);
}

void StepCard::setData(const StepCardData &data)
{
    const bool restyle = data.chosen != m_data.chosen || data.enabled != m_data.enabled;
    m_data = data;
    setProperty("helpPage", QString::fromUtf8(nameOf(data.family).data()));
    m_title->setText(isolated(data.title));
    m_text->setText(isolated(breakable(shortened(data.text))));
    m_text->setToolTip(data.exact);
    m_effect->setText(isolated(data.effect));
    m_effect->setVisible(!data.effect.isEmpty());
    m_error->setText(data.error);
    m_error->setVisible(!data.error.isEmpty());
    for (QLabel *label : {m_title, m_text, m_effect})
        label->setEnabled(data.enabled);
    m_switch->setChecked(data.enabled);
    m_switch->setVisible(data.editable);
    setAccessibleName(
        QStringLiteral("%1, %2. %3 %4")
            .arg(data.title, data.enabled ? tr("on") : tr("off"), data.effect, data.error));
    if (!restyle)
        return;
    setProperty("chosen", data.chosen);
    style()->unpolish(this);
    style()->polish(this);
    update();
}

void StepCard::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    const Theme theme = Theme::of(palette());
    const QColor family = theme.family(m_data.family);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setClipPath(outline);
    const bool fromRight = layoutDirection() == Qt::RightToLeft; // where reading begins
    painter.fillRect(QRectF(fromRight ? width() - 4 : 0, 0, 4, height()),
                     m_data.enabled ? family : mixed(theme.panel, family, 0.35));
    if (hasFocus()) {
        painter.setClipping(false);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawPath(outline);
    }
}

void StepCard::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT chosen();
    QFrame::mousePressEvent(event);
}

void StepCard::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT chosen();
        break;
    case Qt::Key_Space:
        if (m_data.editable)
            Q_EMIT enabledChanged(!m_data.enabled);
        break;
    case Qt::Key_Delete:
        if (m_data.editable)
            Q_EMIT removalRequested();
        break;
    default:
        QFrame::keyPressEvent(event);
    }
}

void StepCard::focusInEvent(QFocusEvent *event)
{
    update();
    QFrame::focusInEvent(event);
}

void StepCard::focusOutEvent(QFocusEvent *event)
{
    update();
    QFrame::focusOutEvent(event);
}

} // namespace pare

// How the panel of the layer map finds layers: the line, what it found, and the way through it.
#include "widgets/layermap/layermappanel.h"

#include "widgets/layermap/layertablemodel.h"
#include "widgets/theme/theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QStackedWidget>
#include <QStyle>

namespace pare {

void LayerMapPanel::makeFind()
{
    m_find->setObjectName(QStringLiteral("mapFind"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find layers"));
    m_find->setToolTip(
        tr("Part of a name, a pattern (*.ffn.*), a role (role=query), a block "
           "(block=2-5), a shape (512x128), or a condition, several joined by and: bytes > 100 kB, "
           "left < 50 %, error > 5, output, "
           "lost, bits, zeros > 50 %, rank < 64, norm < 0.02, kurtosis > 10, time, value"));
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    m_find->setMaximumWidth(fontMetrics().averageCharWidth() * 48);
    m_find->installEventFilter(this);
    m_found->setObjectName(QStringLiteral("mapFound"));
    m_found->setProperty("kind", "secondary");
    connect(m_find, &QLineEdit::textChanged, this, &LayerMapPanel::findRequested);
    connect(m_find, &QLineEdit::returnPressed, this, [this] {
        if (m_knowsHits)
            selectHits();
        m_views->currentWidget()->setFocus();
    });
}

void LayerMapPanel::makeAnswer()
{
    m_answer->setObjectName(QStringLiteral("mapAnswer"));
    m_answer->setProperty("kind", "ribbon");
    m_answerText->setWordWrap(true);
    m_answerAction->setObjectName(QStringLiteral("mapAnswerAction"));
    m_answerAction->setProperty("slim", true);
    auto *line = new QHBoxLayout(m_answer);
    line->setContentsMargins(spacing::around, spacing::tight, spacing::around, spacing::tight);
    line->addWidget(m_answerText, 1);
    line->addWidget(m_answerAction);
    connect(m_answerAction, &QPushButton::clicked, this, &LayerMapPanel::findActionRequested);
    m_answer->hide();
}

/// Whoever looks for something has the room of what the model is.
bool LayerMapPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_find &&
        (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        QMetaObject::invokeMethod(this, &LayerMapPanel::shareHead, Qt::QueuedConnection);
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_find || !key || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    event->accept(); // what runs is not cancelled by it
    if (event->type() == QEvent::KeyPress && !m_find->text().isEmpty())
        m_find->clear();
    else if (event->type() == QEvent::KeyPress)
        m_views->currentWidget()->setFocus();
    return true;
}

void LayerMapPanel::shareHead()
{
    m_summary->setVisible(m_find->text().isEmpty() && !m_find->hasFocus());
}

QString LayerMapPanel::sought() const
{
    return m_find->text();
}

void LayerMapPanel::clearFind()
{
    m_find->clear();
}

void LayerMapPanel::showAnswer(const QString &text, const QString &action)
{
    m_answer->setVisible(!text.isEmpty());
    m_answerText->setText(text);
    m_answerAction->setVisible(!action.isEmpty());
    m_answerAction->setText(action);
}

void LayerMapPanel::find()
{
    m_find->setFocus();
    m_find->selectAll();
}

void LayerMapPanel::setFound(const QStringList &names, const QString &problem)
{
    const bool asked = !m_find->text().trimmed().isEmpty();
    showAnswer(asked ? problem : QString(), {});
    m_found->setProperty("kind", problem.isEmpty() ? "secondary" : "problem");
    m_found->style()->polish(m_found);
    const bool known = asked && problem.isEmpty();
    m_hits = known ? names : QStringList();
    m_knowsHits = known;
    if (!known)
        m_found->setText(asked ? tr("not understood") : QString());
    m_found->setToolTip(problem);
    shareHead();
    filterRows(known ? std::optional(names) : std::nullopt);
    if (known)
        selectHits();
}

/// "13 of 54" layers, or "3 of 13" of those that were found; and what is selected where that is something
/// else by now.
void LayerMapPanel::tellFound()
{
    if (!m_knowsHits)
        return;
    const QString found = m_hit < 0 ? tr("%1 of %2").arg(m_hits.size()).arg(m_rows->rowCount())
                                    : tr("hit %1 of %2").arg(m_hit + 1).arg(m_hits.size());
    const QStringList selected = m_map->selection();
    const QStringList expected = m_hit < 0 ? m_hits : QStringList(m_hits[m_hit]);
    const bool same = QSet<QString>(selected.begin(), selected.end()) ==
                      QSet<QString>(expected.begin(), expected.end());
    m_found->setText(same ? found : tr("%1, %2 selected").arg(found).arg(selected.size()));
}

void LayerMapPanel::goToFound(int direction)
{
    if (m_hits.isEmpty()) {
        find();
        return;
    }
    const qsizetype last = m_hits.size() - 1;
    m_hit = m_hit < 0 ? (direction > 0 ? 0 : last) : m_hit + direction;
    m_hit = m_hit < 0 ? last : m_hit > last ? 0 : m_hit; // round the end
    m_views->currentWidget()->setFocus(Qt::OtherFocusReason);
    if (const auto cell = m_map->data().find(m_hits[m_hit].toStdString()))
        m_map->chooseCell(*cell);
    tellFound();
}

/// To edit them together, after one of them was looked at.
void LayerMapPanel::selectHits()
{
    m_hit = -1;
    m_map->setSelection(m_hits);
    if (!m_hits.isEmpty()) {
        if (const auto cell = m_map->data().find(m_hits.first().toStdString()))
            m_map->ensureVisible(*cell);
    }
    selectRows();
    tellFound();
    Q_EMIT m_map->selectionChanged(m_hits);
}

void LayerMapPanel::setUnknown(const QString &why, const QString &action)
{
    setFound({}, why);
    m_found->setProperty("kind", "secondary");
    m_found->style()->polish(m_found);
    m_found->setText(tr("not known yet"));
    showAnswer(why, action);
}

} // namespace pare

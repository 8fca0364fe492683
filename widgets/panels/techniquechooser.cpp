#include "widgets/panels/techniquechooser.h"

#include "core/model/recipe.h"
#include "core/model/training.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/panels/settingwords.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace pare {

namespace {

constexpr int leastWidth = 380;

} // namespace

TechniqueChooser::TechniqueChooser(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_calibration(new DataField)
    , m_filter(new QLineEdit)
    , m_none(new QLabel(tr("No technique is described by these words.")))
    , m_list(new QScrollArea)
{
    setProperty("card", true);
    setAttribute(Qt::WA_WindowPropagation); // light or dark as the window it belongs to
    m_notice = makeCalibrationNotice();
    m_filter->setObjectName(QStringLiteral("techniqueFilter"));
    m_filter->setPlaceholderText(tr("Find: name, setting, value or paper"));
    m_filter->setAccessibleName(tr("Find a technique"));
    m_filter->setToolTip(tr("All words must occur; arrows choose, Enter takes the first"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &TechniqueChooser::showFound);
    m_none->setObjectName(QStringLiteral("techniqueNone"));
    m_none->setProperty("kind", "secondary");
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setMargin(spacing::around);
    m_none->hide();
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    for (const Family family : {Family::Structure, Family::Sharing, Family::LowRank,
                                Family::Pruning, Family::Quantization, Family::Training})
        addFamily(family);
    m_column->addWidget(m_none);
    m_column->addStretch(1);
    m_list->setWidget(content);
    m_list->setWidgetResizable(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, spacing::tight, spacing::tight, spacing::tight);
    column->setSpacing(spacing::tight);
    column->addWidget(m_filter);
    column->addWidget(m_notice);
    column->addWidget(m_list, 1);
    setCalibration({});
}

QWidget *TechniqueChooser::makeCalibrationNotice()
{
    auto *notice = new QFrame;
    notice->setProperty("kind", "notice");
    auto *text = new QLabel(tr("Some techniques look at what their layers are given. They need "
                               "calibration data: labelled examples, best of those the model was "
                               "trained on."));
    text->setWordWrap(true);
    text->setFont(smallerFont(font()));
    m_calibration->choice()->setObjectName(QStringLiteral("chooserCalibration"));
    auto *column = new QVBoxLayout(notice);
    column->setContentsMargins(spacing::wide, spacing::inside, spacing::wide, spacing::inside);
    column->addWidget(text);
    column->addWidget(m_calibration);
    connect(m_calibration, &DataField::fileRequested, this, [this] {
        hide();
        Q_EMIT calibrationFileRequested();
    });
    connect(m_calibration, &DataField::sourceChosen, this, &TechniqueChooser::calibrationChosen);
    return notice;
}

void TechniqueChooser::addFamily(Family family)
{
    const std::span<const TechniqueInfo> infos =
        family == Family::Training ? std::span(&recoverInfo(), 1) : techniqueTable();
    auto *heading = new QLabel(QCoreApplication::translate("core", titleOf(family)));
    heading->setProperty("kind", "secondary");
    heading->setContentsMargins(spacing::wide, spacing::inside, 0, spacing::tight);
    m_column->addWidget(heading);
    for (const TechniqueInfo &technique : infos) {
        if (technique.family == family)
            addRow(technique, heading);
    }
}

void TechniqueChooser::addRow(const TechniqueInfo &technique, QLabel *heading)
{
    const auto text = [](std::string_view of) {
        return QString::fromUtf8(of.data(), static_cast<qsizetype>(of.size()));
    };
    const QString id = text(technique.id);
    const QString title = QCoreApplication::translate("core", technique.title);
    const QString summary = QCoreApplication::translate("core", technique.summary);
    auto *button = new ChoiceButton(title, summary);
    button->setObjectName(id);
    button->setToolTip(id);
    button->setFlat(true);
    button->setFamily(technique.family);
    button->installEventFilter(this);
    connect(button, &ChoiceButton::clicked, this, [this, id] {
        hide();
        Q_EMIT techniqueChosen(id);
    });
    m_column->addWidget(button);
    if (technique.family == Family::Training ||
        looksAtData(checked(Step{id.toStdString(), {}, {}})))
        m_calibrated.push_back(button);
    m_rows.push_back({button, heading, searchedWords(technique)});
}

/// Those in which every word occurs that was typed.
void TechniqueChooser::showFound()
{
    const QStringList typed = m_filter->text().split(' ', Qt::SkipEmptyParts);
    std::set<QLabel *> families;
    bool first = !typed.isEmpty();
    for (const Row &row : m_rows) {
        const bool found = std::ranges::all_of(typed, [&](const QString &word) {
            return row.words.contains(word, Qt::CaseInsensitive);
        });
        row.button->setVisible(found);
        row.button->setDown(found && first); // what Enter would take
        first = first && !found;
        if (found)
            families.insert(row.heading);
    }
    for (const Row &row : m_rows)
        row.heading->setVisible(families.contains(row.heading));
    m_none->setVisible(families.empty());
    m_list->verticalScrollBar()->setValue(0);
}

/// The next that is found; before the first: nothing, which is the line. From the line: the first.
ChoiceButton *TechniqueChooser::neighbour(const QObject *button, int direction) const
{
    std::vector<ChoiceButton *> found;
    for (const Row &row : m_rows) {
        if (!row.button->isHidden())
            found.push_back(row.button);
    }
    const auto here = std::ranges::find(found, button);
    const auto place = here == found.end() ? -1 : static_cast<int>(here - found.begin());
    const int next = std::min(place + direction, static_cast<int>(found.size()) - 1);
    return next < 0 ? nullptr : found[static_cast<std::size_t>(next)];
}

/// Arrows walk through what was found and back to the line; letters typed on a technique go there, too.
bool TechniqueChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool line = watched == m_filter;
    if (key->key() == Qt::Key_Down || (key->key() == Qt::Key_Up && !line)) {
        ChoiceButton *next = neighbour(watched, key->key() == Qt::Key_Down ? 1 : -1);
        if (next) {
            next->setFocus(Qt::OtherFocusReason);
            m_list->ensureWidgetVisible(next, 0, spacing::around);
        } else if (!line) {
            m_filter->setFocus(Qt::OtherFocusReason);
        }
        return true;
    }
    if (line && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        ChoiceButton *first = neighbour(nullptr, 1);
        if (first && !m_filter->text().trimmed().isEmpty())
            first->click();
        return true;
    }
    if (line && key->key() == Qt::Key_Escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    const bool types = !key->text().isEmpty() && key->text()[0].isPrint() && key->text() != " ";
    if (!line && (types || key->key() == Qt::Key_Backspace)) {
        m_filter->setFocus(Qt::OtherFocusReason);
        QCoreApplication::sendEvent(m_filter, key);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void TechniqueChooser::setCalibration(const DataFieldData &calibration)
{
    m_calibration->setData(calibration);
    const bool missing = calibration.choice.chosen.isEmpty();
    m_notice->setVisible(missing);
    for (ChoiceButton *button : m_calibrated)
        button->setNote(missing ? tr("needs calibration data") : QString());
}

/// That it would like to have.
int TechniqueChooser::heightFor(int width) const
{
    const int inner = width - 2 * spacing::tight - 2 * frameWidth();
    const int list =
        m_column->totalHeightForWidth(inner - m_list->verticalScrollBar()->sizeHint().width());
    const int notice =
        m_notice->isHidden() ? 0 : m_notice->layout()->totalHeightForWidth(inner) + spacing::tight;
    const int line = m_filter->sizeHint().height() + spacing::tight;
    return line + list + notice + 2 * spacing::tight + 2 * frameWidth();
}

void TechniqueChooser::open(const QWidget *anchor)
{
    m_filter->clear();
    const int width = qMax(leastWidth, anchor->width());
    const int wanted = heightFor(width);
    QRect room = anchor->screen()->availableGeometry();
    if (!anchor->window()->parentWidget()) // in the main window, not in a dock that floats
        room = room.intersected(anchor->window()->geometry());
    room.adjust(spacing::inside, spacing::inside, -spacing::inside, -spacing::inside);
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + spacing::tight));
    const int height = qMin(wanted, room.height());
    if (place.y() + height > room.bottom()) { // beside it, so that it stays in sight
        place.setX(anchor->mapToGlobal(QPoint(anchor->width() + spacing::inside, 0)).x());
        place.setY(room.bottom() - height);
    }
    place.setX(qBound(room.left(), place.x(), room.right() - width));
    setGeometry(QRect(place, QSize(width, height)));
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

} // namespace pare

#include "widgets/panels/techniquechooser.h"

#include "core/model/recipe.h"
#include "core/model/training.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace pare {

namespace {

constexpr int leastWidth = 380;

} // namespace

TechniqueChooser::TechniqueChooser(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_calibration(new DataChoice)
    , m_list(new QScrollArea)
{
    setProperty("card", true);
    setAttribute(Qt::WA_WindowPropagation); // light or dark as the window it belongs to
    m_notice = makeCalibrationNotice();
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    for (const Family family : {Family::Structure, Family::Sharing, Family::LowRank,
                                Family::Pruning, Family::Quantization, Family::Training})
        addFamily(family);
    m_list->setWidget(content);
    m_list->setWidgetResizable(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, spacing::tight, spacing::tight, spacing::tight);
    column->setSpacing(spacing::tight);
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
    m_calibration->setObjectName(QStringLiteral("chooserCalibration"));
    auto *column = new QVBoxLayout(notice);
    column->setContentsMargins(spacing::wide, spacing::inside, spacing::wide, spacing::inside);
    column->addWidget(text);
    column->addWidget(m_calibration);
    connect(m_calibration, &DataChoice::fileRequested, this, [this] {
        hide();
        Q_EMIT calibrationFileRequested();
    });
    connect(m_calibration, &DataChoice::sourceChosen, this, &TechniqueChooser::calibrationChosen);
    return notice;
}

void TechniqueChooser::addFamily(Family family)
{
    bool first = true;
    const std::span<const TechniqueInfo> infos =
        family == Family::Training ? std::span(&recoverInfo(), 1) : techniqueTable();
    for (const TechniqueInfo &technique : infos) {
        if (technique.family != family)
            continue;
        if (first) {
            auto *heading = new QLabel(QCoreApplication::translate("core", titleOf(family)));
            heading->setProperty("kind", "secondary");
            heading->setContentsMargins(spacing::wide, spacing::inside, 0, spacing::tight);
            m_column->addWidget(heading);
            first = false;
        }
        const QString id =
            QString::fromUtf8(technique.id.data(), static_cast<qsizetype>(technique.id.size()));
        auto *button = new ChoiceButton(QCoreApplication::translate("core", technique.title),
                                        QCoreApplication::translate("core", technique.summary));
        button->setObjectName(id);
        button->setToolTip(id);
        button->setFlat(true);
        button->setFamily(technique.family);
        connect(button, &ChoiceButton::clicked, this, [this, id] {
            hide();
            Q_EMIT techniqueChosen(id);
        });
        m_column->addWidget(button);
        if (family == Family::Training || looksAtData(checked(Step{id.toStdString(), {}, {}})))
            m_calibrated.push_back(button);
    }
}

void TechniqueChooser::setCalibration(const DataChoiceData &calibration)
{
    m_calibration->setData(calibration);
    const bool missing = calibration.chosen.isEmpty();
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
    return list + notice + 2 * spacing::tight + 2 * frameWidth();
}

void TechniqueChooser::open(const QWidget *anchor)
{
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
    if (auto *first = m_list->findChild<ChoiceButton *>())
        first->setFocus(Qt::PopupFocusReason);
}

} // namespace pare

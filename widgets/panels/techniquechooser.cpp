#include "widgets/panels/techniquechooser.h"

#include "core/model/technique.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QScreen>
#include <QVBoxLayout>

namespace pare {

TechniqueChooser::TechniqueChooser(QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setProperty("card", true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, spacing::tight, spacing::tight, spacing::tight);
    column->setSpacing(0);
    for (const TechniqueInfo &technique : techniqueTable()) {
        if (technique.need != Need::Nothing)
            continue; // a project names no calibration data
        const QString id =
            QString::fromUtf8(technique.id.data(), static_cast<qsizetype>(technique.id.size()));
        auto *button = new ChoiceButton(QCoreApplication::translate("core", technique.title),
                                        QCoreApplication::translate("core", technique.summary));
        button->setObjectName(id);
        button->setFlat(true);
        button->setFamily(technique.family);
        connect(button, &ChoiceButton::clicked, this, [this, id] {
            hide();
            Q_EMIT techniqueChosen(id);
        });
        column->addWidget(button);
    }
}

void TechniqueChooser::open(const QWidget *anchor)
{
    setFixedWidth(qMax(280, anchor->width()));
    adjustSize();
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + spacing::tight));
    const QRect screen = anchor->screen()->availableGeometry();
    if (place.y() + height() > screen.bottom())
        place.setY(anchor->mapToGlobal(QPoint(0, -height() - spacing::tight)).y());
    place.setX(qBound(screen.left(), place.x(), screen.right() - width()));
    move(place);
    show();
    if (auto *first = findChild<ChoiceButton *>())
        first->setFocus(Qt::PopupFocusReason);
}

} // namespace pare

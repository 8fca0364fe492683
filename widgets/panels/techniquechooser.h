// The list that opens under "Add a technique": every row of the technique table with its sentence.
// Window's thread; owned by the recipe panel.
#pragma once

#include <QFrame>
#include <QString>

namespace pare {

class TechniqueChooser : public QFrame
{
    Q_OBJECT

public:
    explicit TechniqueChooser(QWidget *parent = nullptr);

    /// Opens it along the lower edge of `anchor`, as wide as that; with a word on what it would act
    /// on.
    void open(const QWidget *anchor);

Q_SIGNALS:
    void techniqueChosen(const QString &id);
};

} // namespace pare

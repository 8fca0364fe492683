// Data for one purpose: the button that names and chooses them, and below it what they hold or what is
// wrong with them.
// Shows the values it was given; window's thread; owned by its parent.
#pragma once

#include "widgets/panels/datachoice.h"

#include <QWidget>

class QLabel;

namespace pare {

struct DataFieldData
{
    DataChoiceData choice;
    QString holds;   ///< "60,000 examples, 4 labels"; empty: not known (yet)
    QString problem; ///< in place of it, in short
    QString details; ///< all of the problem

    bool operator==(const DataFieldData &) const = default;
};

class DataField : public QWidget
{
    Q_OBJECT

public:
    explicit DataField(QWidget *parent = nullptr);

    void setData(const DataFieldData &data);
    DataChoice *choice() const { return m_choice; }
    /// Below the choice, unless they are laid out elsewhere: where there is more room.
    QLabel *words() const { return m_words; }

Q_SIGNALS:
    void fileRequested();
    /// As DataChoice's.
    void sourceChosen(const QString &source);

private:
    DataFieldData m_data;
    DataChoice *m_choice;
    QLabel *m_words;
};

} // namespace pare

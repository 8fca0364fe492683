// A button that names the labelled examples chosen for one purpose, and opens a menu to choose
// others.
// Shows the values it was given; window's thread; owned by its parent.
#pragma once

#include <QStringList>
#include <QToolButton>

namespace pare {

struct DataChoiceData
{
    QString title;           ///< "Calibrated on": what they are for
    QString chosen;          ///< "train.tsv"; empty: none
    QString help;            ///< tool tip: the whole path, and what is done with it
    QStringList suggestions; ///< names of installed data, which need no file dialog
    bool removable = false;  ///< whether none may be chosen as well

    bool operator==(const DataChoiceData &) const = default;
};

class DataChoice : public QToolButton
{
    Q_OBJECT

public:
    explicit DataChoice(QWidget *parent = nullptr);

    void setData(const DataChoiceData &data);
    const DataChoiceData &data() const { return m_data; }

Q_SIGNALS:
    void fileRequested();
    /// Of the suggestions, a file that was dropped here, or empty: none.
    void sourceChosen(const QString &source);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMenu();
    void showName();

    DataChoiceData m_data;
};

} // namespace pare

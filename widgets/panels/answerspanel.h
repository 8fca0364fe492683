// The answers that a run changed: which, with what texts, and which layers did it. Shows the values
// it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/models/valuetable.h"

#include <QStringList>
#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pare {

class EmptyState;

class ValueView;

struct ChangedAnswer
{
    std::size_t example = 0; ///< of the data
    QString text;            ///< whole; empty: not known
    QString answers;         ///< a sentence: correct, before, now
    QString blame;           ///< a sentence; empty: not known (yet)
    QStringList layers;      ///< that brought it about, with `blame`

    bool operator==(const ChangedAnswer &) const = default;
};

struct AnswersData
{
    QString summary;      ///< "37 of 1,200 answers changed by 4 bits: 9 better, 21 worse, …"
    QString placeholder;  ///< in place of the table: why there is none
    QString fill;         ///< what the button below that says; empty: there is none
    QString warning;      ///< of parts that a good mean hides; empty: there are none
    QStringList warnings; ///< the same, a whole sentence for each
    TableData table;      ///< groups: places in `kinds`
    QStringList kinds;
    std::vector<ChangedAnswer> answers; ///< of each row of `table`
    QString cannotBlame;                ///< why layers cannot be asked; empty: they can

    bool operator==(const AnswersData &) const = default;
};

class AnswersPanel : public QWidget
{
    Q_OBJECT

public:
    explicit AnswersPanel(QWidget *parent = nullptr);

    void setData(const AnswersData &data);
    const AnswersData &data() const { return m_data; }
    ValueView *table() const { return m_table; }
    QSize sizeHint() const override { return {520, 260}; }

Q_SIGNALS:
    /// A person chose answers whose layers are known.
    void layersNamed(const QStringList &layers);
    /// Numbers of examples whose layers are wanted, at least one.
    void blameRequested(const std::vector<std::size_t> &examples);
    void closeRequested();
    void fillRequested();

private:
    QWidget *makeHead();
    void showDetail();
    void nameLayers();
    void ask();
    void showRows();

    AnswersData m_data;
    QLabel *m_summary;
    QComboBox *m_kind;
    QLineEdit *m_filter;
    QPushButton *m_ask;
    QLabel *m_warnings;
    ValueView *m_table;
    QLabel *m_detail;
    EmptyState *m_placeholder;
};

} // namespace pare

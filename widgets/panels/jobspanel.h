// The long jobs of this session as a table: the one that runs, those that wait in their order, and
// what became of the others, with what can be done with each.
// Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include <QString>
#include <QWidget>
#include <cstdint>
#include <vector>

class QAction;
class QToolButton;
class QLabel;
class QTableWidget;

namespace pare {

class EmptyState;

struct JobRow
{
    enum class Kind { Running, Paused, Waiting, Ended };
    std::uint64_t number = 0; ///< by which signals name it
    Kind kind = Kind::Waiting;
    QString state;  ///< "waiting, 2"
    QString title;  ///< "Measuring 4 bits"
    QString began;  ///< "14:02:11"; empty: it has not
    QString took;   ///< "12 s"
    QString result; ///< or what went wrong, in words
    bool failed = false;
    bool repeatable = false;

    bool operator==(const JobRow &) const = default;
};

class JobsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit JobsPanel(QWidget *parent = nullptr);

    /// The selected job stays selected where it is still there.
    void setRows(std::vector<JobRow> rows);
    const std::vector<JobRow> &rows() const { return m_rows; }
    QTableWidget *table() const { return m_table; }
    QSize sizeHint() const override { return {520, 220}; }

    /// What a list without jobs offers; empty: nothing.
    void setEmptyAction(const QString &action);

Q_SIGNALS:
    void emptyActionRequested();
    void pauseRequested();
    void continueRequested();
    void cancelRequested(quint64 number);
    void firstRequested(quint64 number);
    void repeatRequested(quint64 number);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QAction *makeAction(const char *name, const QString &text, const QString &toolTip);
    QWidget *makeButtons();
    void fill(int row);
    void fitColumns();
    void updateActions();
    const JobRow *selected() const;

    std::vector<JobRow> m_rows;
    QTableWidget *m_table;
    QLabel *m_detail;
    EmptyState *m_empty;
    QAction *m_pause;
    QAction *m_first;
    QAction *m_cancel;
    QAction *m_repeat;
    QToolButton *m_cancelButton = nullptr;
    QToolButton *m_repeatButton = nullptr;
    QAction *m_copy;
};

} // namespace pare

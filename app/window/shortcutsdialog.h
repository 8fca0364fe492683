// A list of the window's actions with their keys, each of which can be typed anew.
// Window's thread; deletes itself when it is closed.
#pragma once

#include <QDialog>
#include <QKeySequence>
#include <vector>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace pare {

class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `window` is the one whose actions they are.
    explicit ShortcutsDialog(QWidget *window);

private:
    void fillTable();
    void addButtons();
    void showKeys();
    void showMatches();
    /// Keys that nobody has are taken at once; others are offered.
    void consider(std::size_t row);
    void take(std::size_t row, const QKeySequence &keys);
    void tell(const QString &text);

    QWidget *m_window;
    std::vector<QAction *> m_actions; ///< of each row
    std::vector<QKeySequenceEdit *> m_edits;
    QLineEdit *m_filter;
    QTableWidget *m_table;
    QLabel *m_conflict;
    QPushButton *m_take;
    std::size_t m_wantedRow = 0; ///< what m_take gives to whom
    QKeySequence m_wanted;
};

} // namespace pare

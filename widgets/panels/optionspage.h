// The inspector's tab of what else a layer could lose: one row for each technique and setting, with
// bytes, error and time; a click asks for its step. Window's thread; owned by the inspector.
#pragma once

#include "core/model/technique.h"

#include <QAbstractButton>
#include <QString>
#include <QWidget>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace pare {

struct OptionRow
{
    QString step;  ///< as text: what a click asks for
    QString title; ///< "4 bits, groups of 64"
    Family family = Family::Structure;
    QString bytes;       ///< "66.6 kB"
    QString error;       ///< "0.4 %", "…", or empty
    QString time;        ///< "−12 µs", that it adds to an answer; empty: not measured
    QString explanation; ///< for a tool tip: why not, or what is not known
    bool enabled = true;

    bool operator==(const OptionRow &) const = default;
};

struct OptionGroup
{
    QString title; ///< "needs calibration data"; empty: those that were tried
    std::vector<OptionRow> rows;

    bool operator==(const OptionGroup &) const = default;
};

struct OptionsPageData
{
    std::vector<OptionGroup> groups;
    QString note; ///< why there are none, or what they are

    bool operator==(const OptionsPageData &) const = default;
};

/// One row: the family's mark, what it is, bytes, error and time in columns.
class OptionButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit OptionButton(QWidget *parent = nullptr);

    void setRow(const OptionRow &row);
    const OptionRow &row() const { return m_row; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    OptionRow m_row;
};

class OptionsPage : public QWidget
{
    Q_OBJECT

public:
    explicit OptionsPage(QWidget *parent = nullptr);

    void setData(const OptionsPageData &data);

Q_SIGNALS:
    void optionChosen(const QString &step);

private:
    bool showInPlace(const OptionsPageData &data);
    void makeRows();

    OptionsPageData m_data;
    QLabel *m_note;
    QVBoxLayout *m_list;
    std::vector<OptionButton *> m_buttons; ///< in the order of the rows
};

} // namespace pare

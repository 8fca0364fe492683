// Runs side by side: a verdict in words, what each layer became in each, and the examples they
// answer otherwise. Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/models/valuetable.h"

#include <QStringList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;
class QTabWidget;

namespace pare {

class EmptyState;

class ValueView;

struct ComparedRun
{
    QString number; ///< by which the columns name it: "A"
    QString title;  ///< "4 bits, groups of 64"
    QString figures;
    QString verdict; ///< against the first; empty: the first itself, or not known yet

    bool operator==(const ComparedRun &) const = default;
};

struct CompareData
{
    std::vector<ComparedRun> runs;
    QString fill;  ///< what the button says while there are none; empty: there is no button
    QString state; ///< what is missing and why: computing, other data; empty: nothing
    TableData layers;
    TableData answers;
    QString answersTitle;   ///< "37 answers differ"
    QString withoutTexts;   ///< why texts are missing; empty: they are not
    QStringList layerNames; ///< of each row of `layers`

    bool operator==(const CompareData &) const = default;
};

class ComparePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePanel(QWidget *parent = nullptr);

    void setData(const CompareData &data);
    const CompareData &data() const { return m_data; }
    ValueView *layers() const { return m_layers; }
    ValueView *answers() const { return m_answers; }
    QSize sizeHint() const override { return {520, 260}; }

Q_SIGNALS:
    /// A person chose rows of layers.
    void layersNamed(const QStringList &layers);
    void closeRequested();
    void fillRequested();

private:
    void showRuns();

    CompareData m_data;
    QWidget *m_head;
    QGridLayout *m_runs;
    QLabel *m_state;
    EmptyState *m_empty;
    QLineEdit *m_filter;
    QTabWidget *m_tabs;
    ValueView *m_layers;
    ValueView *m_answers;
};

} // namespace pare

// The inspector's tab with the matrix as a heat map: before, after, or what became different; sizes
// or signed. Window's thread; owned by the inspector.
#pragma once

#include "widgets/charts/matrixview.h"

#include <memory>

class QButtonGroup;
class QLabel;
class QToolButton;

namespace pare {

/// The pictures of one layer; all of the same number of blocks.
struct MatrixPictures
{
    struct Grid
    {
        std::vector<float> sizes; ///< mean |w| of each block
        std::vector<float> means; ///< mean w
    };
    QString layer;     ///< whose they are
    QRect region = {}; ///< of weights that the blocks cover, x being columns; empty: all
    int rows = 0;
    int columns = 0;
    std::int64_t out = 0;
    std::int64_t in = 0;
    Grid before;
    std::optional<Grid> after;
    std::optional<Grid> difference;
    std::optional<MatrixData::Heads> heads;
};

struct MatrixPageData
{
    std::shared_ptr<const MatrixPictures> pictures; ///< nothing: there are none (yet)
    QString note;                                   ///< why there are none, or why no "after"
    std::shared_ptr<const MatrixPictures> detail = {}; ///< a part of them that was asked for

    bool operator==(const MatrixPageData &) const = default;
};

class MatrixPage : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixPage(QWidget *parent = nullptr);

    void setData(const MatrixPageData &data);
    MatrixView *view() const { return m_view; }

private:
    enum class Time { Before, After, Difference };

    QToolButton *addChoice(QButtonGroup *group, const QString &text, const QString &name, int id);
    Time time() const;
    void showPicture();
    MatrixData shownOf(const MatrixPictures &pictures) const;
    void showReadout(const QString &text);

    MatrixPageData m_data;
    QWidget *m_choices;
    QButtonGroup *m_time;
    QButtonGroup *m_scale;
    MatrixView *m_view;
    QLabel *m_readout;
    QLabel *m_note;
};

} // namespace pare

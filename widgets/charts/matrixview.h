// A matrix as a heat map: the mean of each block of weights as a colour, heads outlined. Painted by
// hand, a pixel or more a block. Shows what it was given; window's thread; owned by its parent.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

struct MatrixData
{
    enum class Scale {
        Sizes,  ///< from 0: cividis
        Signed, ///< both ways from 0: blue and orange
    };
    struct Heads
    {
        Qt::Orientation stacked = Qt::Vertical; ///< vertical: a head is so many rows
        std::int64_t width = 0;                 ///< rows or columns of weights
    };
    int rows = 0; ///< of blocks
    int columns = 0;
    std::int64_t out = 0; ///< rows of weights
    std::int64_t in = 0;
    std::vector<float> values; ///< one for each block, row by row
    double limit = 0;          ///< the value that reaches the end of the scale; beyond is the same
    Scale scale = Scale::Sizes;
    QString quantity = {}; ///< "mean |w|"
    std::optional<Heads> heads = {};

    bool isEmpty() const { return rows < 1 || columns < 1; }
};

class MatrixView : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixView(QWidget *parent = nullptr);

    void setData(MatrixData data);
    const MatrixData &data() const { return m_data; }
    /// The block at a position, by row and column; nothing outside.
    std::optional<QPoint> blockAt(const QPointF &position) const;
    QColor colourOf(float value) const;
    /// "rows 4 to 7, columns 0 to 3, head 2: mean |w| 0.021"
    QString blockText(const QPoint &block) const;
    QRectF plotRect() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    qreal heightFor(qreal width) const;
    void fitHeight();
    void makeImage();
    void paintHeads(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;

    MatrixData m_data;
    QImage m_image; ///< a pixel for each block
};

/// A value that all but one in two hundred sizes do not exceed, so that single blocks do not leave
/// the others without colour.
double matrixLimit(const std::vector<float> &values);

} // namespace pare

// A matrix as a heat map: the mean of each block of weights as a colour, heads outlined. Painted by
// hand, a pixel or more a block. Wheel, keys and dragging zoom and move; a part that is looked at
// closely is asked for and laid over the whole. Shows what it was given; window's thread; owned by
// its parent.
#pragma once

#include <QImage>
#include <QRect>
#include <QString>
#include <QTimer>
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
    QRect region = {}; ///< of weights that the blocks cover, x being columns; empty: all
    std::vector<float> before = {}; ///< mean w of each block, for the readout; may be empty
    std::vector<float> after = {};  ///< likewise; empty: no step changes it

    bool isEmpty() const { return rows < 1 || columns < 1; }
    /// In weights, all of it where no region is named.
    QRect covered() const;
    /// The block that holds a weight, by column and row; nothing: none does.
    std::optional<QPoint> blockOf(const QPoint &weight) const;
    /// Whether each block is one weight.
    bool isExact() const { return covered().width() == columns && covered().height() == rows; }
};

class MatrixView : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixView(QWidget *parent = nullptr);

    /// The whole matrix; what is shown of it stays unless it has another size.
    void setData(MatrixData data);
    /// A part of it with more blocks, in answer to regionWanted(); empty: none.
    void setDetail(MatrixData data);
    const MatrixData &data() const { return m_data; }
    /// The detail where it covers all that is seen, else the whole.
    const MatrixData &clearest() const;
    /// The block at a position, by row and column; nothing outside.
    std::optional<QPoint> blockAt(const QPointF &position) const;
    QColor colourOf(float value) const;
    QColor colourOf(float value, const MatrixData &data) const;
    /// "row 4, column 0, head 2: 0.021 → 0.02", of a weight by column and row.
    QString readout(const QPoint &weight) const;
    /// What is seen, in weights.
    QRectF shown() const { return m_shown; }
    /// Zooms about a position of the widget; beyond the whole and beyond a few weights it stops.
    void zoomAt(const QPointF &position, qreal factor);
    void showAll();
    /// "rows 4 to 7, columns 0 to 3, head 2: mean |w| 0.021"
    QString blockText(const QPoint &block) const;
    QRectF plotRect() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The part that is seen now would be clearer with blocks of its own.
    void regionWanted(const QRect &region);
    /// What stands under the pointer, or in the middle after a key; empty: nothing.
    void pointedAt(const QString &text);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    qreal heightFor(qreal width) const;
    void fitHeight();
    void makeImages();
    QImage imageOf(const MatrixData &data) const;
    QPointF toWeights(const QPointF &position) const;
    QRectF toWidget(const QRectF &weights) const;
    void show(QRectF weights);
    void moveBy(const QPointF &weights);
    void askForDetail();
    void tellPointed(const QPointF &position);
    void paintNumbers(QPainter &painter) const;
    void paintHeads(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;

    MatrixData m_data;
    MatrixData m_detail; ///< empty: none
    QImage m_image;      ///< a pixel for each block
    QImage m_detailImage;
    QRectF m_shown;                   ///< in weights
    std::optional<QPointF> m_dragged; ///< weight under the pointer when a button was pressed
    QTimer m_detailTimer;             ///< lets zooming come to rest
};

/// A value that all but one in two hundred sizes do not exceed, so that single blocks do not leave
/// the others without colour.
double matrixLimit(const std::vector<float> &values);

} // namespace pare

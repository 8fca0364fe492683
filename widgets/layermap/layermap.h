// The map of a model: every layer a cell, what is left of it, what it is coloured by, and which are
// chosen.
//
// Shows the values it was given and says what a person means by signals; it changes nothing but its
// own selection, focus, zoom and scroll position. Window's thread; owned by its parent.
#pragma once

#include "widgets/layermap/layermapcolouring.h"
#include "widgets/layermap/layermaplayout.h"

#include <QAbstractScrollArea>
#include <memory>

class QRubberBand;

namespace pare {

class LayerMapLegend;

class LayerMap : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LayerMap(QWidget *parent = nullptr);
    ~LayerMap() override;

    /// Keeps what is selected as far as it is still there.
    void setData(LayerMapData data);
    const LayerMapData &data() const { return m_data; }

    void setColour(LayerColour colour);
    LayerColour colour() const { return m_colour; }
    void setWidths(LayerWidths widths);
    LayerWidths widths() const { return m_widths; }

    /// Canonical names, in the order of data. Setting it emits nothing.
    QStringList selection() const;
    void setSelection(const QStringList &names);

    /// The cell that has the keyboard, if any.
    std::optional<std::size_t> currentCell() const { return m_current; }
    bool isSelected(std::size_t cell) const { return cell < m_selected.size() && m_selected[cell]; }
    /// In the viewport's coordinates.
    QRectF cellRect(std::size_t cell) const;
    /// Scrolls as little as it takes.
    void ensureVisible(std::size_t cell);
    /// Gives it the keyboard, in sight; the selection stays.
    void setCurrent(std::size_t cell);
    /// As if a person had clicked the cell.
    void chooseCell(std::size_t cell);

    /// 1 fits the width, and the height where rows can then be read; 0.2…8.
    qreal zoom() const { return m_zoom; }
    void setZoom(qreal zoom);

    Folding folding() const { return m_folding; }
    /// What a person unfolded folds again.
    void setFolding(Folding folding);
    /// Whether any row stands for several blocks.
    bool isFolded() const;

    /// Stands at the end of the legend, and says what it would say there.
    void setLegendEnd(QWidget *widget);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person changed the selection.
    void selectionChanged(const QStringList &names);
    /// Enter or a double click.
    void activated(const QString &name);
    /// Space: the step in focus is to be switched on or off for this layer.
    void toggled(const QString &name);
    /// The cell under the pointer; empty: none.
    void hovered(const QString &name);
    /// What can be done with a layer, by a right click on it, or by the menu key where it has the keyboard; empty: with
    /// the map.
    void menuRequested(const QString &name, const QPoint &globalPosition);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// What choosing further cells does to those that are chosen.
    enum class Choosing { Replace, Toggle, Extend };

    static Choosing choosing(Qt::KeyboardModifiers modifiers);
    const LayerMapLayout &placed() const;
    void relayout();
    void refreshColours();
    void updateScrollBars();
    QPointF origin() const; ///< of the content, in viewport coordinates
    QPointF toContent(const QPointF &position) const { return position - origin(); }
    void choose(const std::vector<std::size_t> &fronts, Choosing choosing);
    void chooseRange(std::size_t to);
    void toggleFold(std::size_t row);
    void unfold(std::size_t cell);
    void setHovered(std::optional<std::size_t> cell);
    void emitSelection(const std::vector<bool> &before);
    std::optional<std::size_t> neighbour(int key) const;
    std::optional<std::size_t> inRowBeside(std::size_t cell, int direction) const;
    bool moveByKey(QKeyEvent *event);
    void zoomAt(const QPointF &position, qreal factor);
    void dragTo(const QPointF &position);

    LayerMapData m_data;
    LayerColour m_colour = LayerColour::Bytes;
    LayerWidths m_widths = LayerWidths::SquareRoot;
    Folding m_folding = Folding::WhereNeeded;
    std::set<BlockPlace> m_unfolded; ///< the first blocks of what a person unfolded
    qreal m_zoom = 1;
    mutable LayerMapLayout m_layout;
    mutable bool m_layoutStale = true;
    std::unique_ptr<LayerMapColouring> m_colouring;
    std::map<std::string, ColourRange>
        m_ranges; ///< that scales reached for this model, by what they show
    LayerMapLegend *m_legend;
    std::vector<bool> m_selected;
    std::vector<bool> m_selectedBeforeDrag;
    std::optional<std::size_t> m_current;
    std::optional<std::size_t> m_anchor;
    std::optional<std::size_t> m_hovered;
    std::optional<QPointF> m_pressed; ///< content coordinates
    std::optional<QPointF> m_panned;  ///< viewport coordinates of the last step
    std::unique_ptr<QRubberBand> m_band;
};

} // namespace pare

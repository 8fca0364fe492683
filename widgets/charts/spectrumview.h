// The singular values of a matrix with the energy that the first of them hold, and a cut between
// kept and dropped ones that can be dragged. Shows what it was given; window's thread; owned by its
// parent.
//
// The cut is dragged with the mouse or moved with the arrow keys (by ten with Page up and down);
// Return, like the end of a drag, chooses its rank.
#pragma once

#include <QString>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

struct SpectrumData
{
    std::vector<double> values; ///< singular values, descending
    double breakEven = 0;       ///< below this rank the two factors take less than the matrix
    std::optional<std::int64_t> bytesWhole; ///< of the matrix with its bias; nothing: not known
    std::int64_t bytesFixed = 0;            ///< of the bias
    std::int64_t bytesPerRank = 0;
    std::optional<int> rank; ///< that the recipe has for it

    bool operator==(const SpectrumData &) const = default;
};

class SpectrumView : public QWidget
{
    Q_OBJECT

public:
    explicit SpectrumView(QWidget *parent = nullptr);

    /// Puts the cut where the recipe has it, or at suggestedRank().
    void setData(SpectrumData data);
    const SpectrumData &data() const { return m_data; }

    int rank() const { return m_rank; }
    void setRank(int rank);
    /// Share of the sum of squared singular values that the first `rank` hold.
    double energy(int rank) const;
    /// Whether two factors of that rank take less than the matrix.
    bool saves(int rank) const { return rank >= 1 && rank < m_data.breakEven; }
    /// 90 % of the energy, but no more than saves.
    int suggestedRank() const;
    /// The cut in words: rank, kept energy, saved bytes.
    QStringList cutText() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rankMoved(int rank);
    /// A person let go of the cut, or pressed Return, at a rank that saves something.
    void rankChosen(int rank);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int count() const { return static_cast<int>(m_data.values.size()); }
    QRectF plotRect() const;
    qreal xOf(double rank) const;
    int rankAt(qreal x) const;
    bool isOnCut(const QPointF &position) const;
    void describeCut();
    void paintLegend(QPainter &painter) const;
    void paintValues(QPainter &painter) const;
    void paintEnergy(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintBreakEven(QPainter &painter) const;
    void paintCut(QPainter &painter) const;

    SpectrumData m_data;
    std::vector<double> m_energies; ///< of the first 1, 2, … values
    int m_rank = 0;
    std::optional<int> m_dragged; ///< the rank at which a drag began
};

} // namespace pare

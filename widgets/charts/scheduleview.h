// What becomes stricter while a training goes, sparsity, bits, replaced modules: a line each over the
// training, with its ends in words, and how far the training has come.
//
// Shows the values it was given; hidden while there are none. Window's thread; owned by its parent.
#pragma once

#include "core/model/trainingrecord.h"

#include <QWidget>
#include <optional>

namespace pare {

class ScheduleView : public QWidget
{
    Q_OBJECT

public:
    explicit ScheduleView(QWidget *parent = nullptr);

    /// `done`: steps of the training that is drawn; nothing: it has not begun.
    void setPlan(const SchedulePlan &plan, std::optional<std::int64_t> done = {});

    /// Of one schedule, in words.
    struct Caption
    {
        QString title; ///< "Bits"
        QString first; ///< "8"; empty: it stays as it is
        QString last;  ///< "2 from 70 % of the training on"
        /// "Bits: 8 → 2 from 70 % of the training on"
        QString sentence() const;
    };
    std::vector<Caption> captions() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;
    void paintLine(QPainter &painter, const QRectF &area,
                   const std::vector<SchedulePoint> &points) const;

    SchedulePlan m_plan;
    std::optional<std::int64_t> m_done;
};

} // namespace pare

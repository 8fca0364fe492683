#include "widgets/panels/startpage.h"

#include "widgets/panels/choicebutton.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace pare {

/// The runs of a project, size against accuracy, without words: what it was like, at a glance.
class CurveThumbnail : public QWidget
{
public:
    CurveThumbnail() { setFixedSize(QSize(7, 3) * fontMetrics().height()); }

    void setPoints(std::vector<QPointF> points)
    {
        std::erase_if(points, [](const QPointF &point) {
            return !(point.x() > 0) || !std::isfinite(point.x()) || !std::isfinite(point.y());
        });
        std::ranges::sort(points, {},
                          [](const QPointF &point) { return std::pair(point.x(), -point.y()); });
        m_points = std::move(points);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(theme.line);
        painter.setBrush(theme.panel);
        painter.drawRoundedRect(frame, spacing::corner, spacing::corner);
        if (m_points.empty())
            return;
        QPolygonF front;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.secondary);
        double best = -std::numeric_limits<double>::infinity();
        for (const QPointF &point : m_points) {
            const QPointF at = place(point, frame.adjusted(8, 7, -8, -7));
            if (point.y() > best)
                front << at;
            best = std::max(best, point.y());
            painter.drawEllipse(at, 1.75, 1.75);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawPolyline(front);
    }

private:
    /// Sizes on a logarithmic scale.
    QPointF place(const QPointF &point, const QRectF &within) const
    {
        const auto [low, high] = std::ranges::minmax(m_points, {}, &QPointF::y);
        const double ratio = std::log(m_points.back().x() / m_points.front().x());
        const double x = ratio > 0 ? std::log(point.x() / m_points.front().x()) / ratio : 0.5;
        const double span = high.y() - low.y();
        const double y = span > 0 ? (point.y() - low.y()) / span : 0.5;
        return {within.left() + x * within.width(), within.bottom() - y * within.height()};
    }

    std::vector<QPointF> m_points; ///< by size
};

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_recent(new QVBoxLayout)
    , m_recentTitle(new QLabel(tr("Recent projects")))
{
    auto *title = new QLabel(tr("What can each layer lose?"));
    title->setFont(heavierFont(largeFont(font())));
    auto *summary = new QLabel(tr("Open a language model, switch compression on layer by layer, "
                                  "and see at once what it costs in bytes, "
                                  "and measured on real text what it costs in accuracy."));
    summary->setProperty("kind", "secondary");
    summary->setWordWrap(true);
    auto *demo = new ChoiceButton(tr("Start the demo"),
                                  tr("A small trained BERT and real text: every recipe is measured "
                                     "here, on this machine."));
    demo->setObjectName(QStringLiteral("startDemo"));
    auto *model =
        new ChoiceButton(tr("Open a model…"), tr("Its config.json, or a .safetensors, .gguf or "
                                                 "TorchScript file. A folder dropped here opens as "
                                                 "well."));
    model->setObjectName(QStringLiteral("openModel"));
    auto *project = new ChoiceButton(tr("Open a project…"),
                                     tr("A .pare file: recipes, runs and the way there."));
    project->setObjectName(QStringLiteral("openProject"));
    m_recentTitle->setProperty("kind", "heading");

    auto *choices = new QHBoxLayout;
    choices->setSpacing(spacing::around);
    for (ChoiceButton *button : {demo, model, project})
        choices->addWidget(button, 1);
    auto *links = new QHBoxLayout; // below the choice it belongs to
    links->setSpacing(spacing::around);
    links->addStretch(1);
    links->addWidget(makeFolderLink(), 1);
    links->addStretch(1);
    auto *middle = new QVBoxLayout;
    middle->setSpacing(spacing::around);
    middle->addStretch(2);
    middle->addWidget(title);
    middle->addWidget(summary);
    middle->addSpacing(spacing::around);
    middle->addLayout(choices);
    middle->addLayout(links);
    middle->addSpacing(spacing::around);
    middle->addWidget(m_recentTitle);
    m_recent->setSpacing(spacing::tight);
    middle->addLayout(m_recent);
    middle->addStretch(3);
    auto *content = new QWidget;
    content->setMaximumWidth(860);
    content->setLayout(middle);
    auto *line = new QHBoxLayout(this);
    line->addStretch(1);
    line->addWidget(content, 100);
    line->addStretch(1);

    connect(demo, &ChoiceButton::clicked, this, &StartPage::demoRequested);
    connect(model, &ChoiceButton::clicked, this, &StartPage::modelRequested);
    connect(project, &ChoiceButton::clicked, this, &StartPage::projectRequested);
    setRecent({});
}

void StartPage::setRecent(const std::vector<RecentProject> &projects)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        item->widget()->deleteLater(); // one of them may be the sender
        delete item;
    }
    m_curves.clear();
    m_recentTitle->setVisible(!projects.empty());
    for (const RecentProject &project : projects)
        m_recent->addWidget(makeRow(project));
    tintRows();
}

QWidget *StartPage::makeFolderLink()
{
    auto *link = new QPushButton(tr("…or a model's folder"));
    link->setObjectName(QStringLiteral("openModelFolder"));
    link->setFlat(true);
    link->setCursor(Qt::PointingHandCursor);
    link->setToolTip(tr("A folder with config.json and its weights: from Hugging Face, or exported "
                        "by Pare"));
    connect(link, &QPushButton::clicked, this, &StartPage::modelFolderRequested);
    return link;
}

/// A row that is made while its window is shown in a theme has not got its colours.
void StartPage::tintRows()
{
    for (int row = 0; row < m_recent->count(); ++row)
        m_recent->itemAt(row)->widget()->setPalette(palette());
}

void StartPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tintRows();
}

QWidget *StartPage::makeRow(const RecentProject &project)
{
    const QString &path = project.path;
    const bool there = QFileInfo::exists(path);
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::inside);
    auto *curve = new CurveThumbnail;
    m_curves[path] = curve;
    line->addWidget(curve);
    auto *button = new ChoiceButton(
        project.title, QStringLiteral("%1 \u00b7 %2").arg(project.lately, project.place));
    button->setFlat(true);
    button->setEnabled(there);
    connect(button, &ChoiceButton::clicked, this, [this, path] { Q_EMIT recentRequested(path); });
    line->addWidget(button, 1);
    if (there)
        return row;
    const auto add = [&](const QString &text, const char *name, auto signal) {
        auto *way = new QPushButton(text);
        way->setObjectName(QLatin1String(name));
        way->setAccessibleName(QStringLiteral("%1 %2").arg(text, project.title));
        connect(way, &QPushButton::clicked, this, [this, path, signal] {
            Q_EMIT(this->*signal)(path);
        });
        line->addWidget(way);
    };
    add(tr("Relocate…"), "relocate", &StartPage::relocateRequested);
    add(tr("Forget"), "forget", &StartPage::forgetRequested);
    return row;
}

void StartPage::setCurve(const QString &path, std::vector<QPointF> points)
{
    if (const auto found = m_curves.find(path); found != m_curves.end())
        found->second->setPoints(std::move(points));
}

void StartPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(palette()).background);
}

} // namespace pare

#include "widgets/panels/inspectorpanel.h"
#include "widgets/theme/colourscale.h"
#include "widgets/theme/stylesheet.h"

#include <QApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>

using namespace pare;

namespace {

/// 16 x 48: rank 12 breaks even.
SpectrumData sixteenValues()
{
    SpectrumData data;
    for (int i = 0; i < 16; ++i)
        data.values.push_back(std::pow(0.7, i));
    data.breakEven = 12;
    data.bytesWhole = 16 * 48 * 4 + 64;
    data.bytesFixed = 64;
    data.bytesPerRank = (16 + 48) * 4;
    return data;
}

/// 4 x 6 blocks of a matrix of 8 x 6 with heads of 4 rows; the values are their numbers.
std::shared_ptr<const MatrixPictures> numberedBlocks()
{
    auto pictures = std::make_shared<MatrixPictures>();
    pictures->rows = 4;
    pictures->columns = 6;
    pictures->out = 8;
    pictures->in = 6;
    pictures->after.emplace();
    pictures->difference.emplace();
    for (int i = 0; i < 24; ++i) {
        const auto value = static_cast<float>(i);
        pictures->before.sizes.push_back(value);
        pictures->before.means.push_back(-value);
        pictures->after->sizes.push_back(value / 2);
        pictures->after->means.push_back(-value / 2);
        pictures->difference->sizes.push_back(value / 2);
        pictures->difference->means.push_back(value / 2);
    }
    pictures->heads = MatrixData::Heads{Qt::Vertical, 4};
    return pictures;
}

OptionRow option(const char *step, const char *title, bool enabled)
{
    OptionRow row;
    row.step = QLatin1String(step);
    row.title = QLatin1String(title);
    row.bytes = QStringLiteral("12 kB");
    row.enabled = enabled;
    return row;
}

InspectorData oneLayer()
{
    InspectorData data;
    data.title = QStringLiteral("encoder.1.ffn.up");
    data.layer = data.title;
    data.lines << QStringLiteral("16 × 48 · float32 · 3.1 kB");
    data.figures = {{"mean", "0.0"}};
    data.histogram.emplace();
    data.histogram->low = -1;
    data.histogram->high = 1;
    data.histogram->before = {1, 2, 3, 2};
    data.spectrum = {sixteenValues(), QStringLiteral("Of the original."), true};
    data.matrix = {numberedBlocks(), {}};
    data.options.groups = {{{}, {option("quantize.affine bits=4 @ x", "4 bits", true)}},
                           {"needs calibration data", {option("prune.wanda @ x", "wanda", false)}}};
    data.why = QStringLiteral("It is 3 % of the file. Low rank suits it.");
    return data;
}

void moveTo(QWidget *view, const QPointF &position)
{
    QMouseEvent move(QEvent::MouseMove, position, view->mapToGlobal(position), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &move);
}

} // namespace

class TestInspectorPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyPanelSaysWhatBelongsThere();
    void tabsShowOnePageEach();
    void severalLayersHaveNoTabs();
    void cutSaysWhatItMeans();
    void suggestedRankSaves_data();
    void suggestedRankSaves();
    void draggedCutAsksForItsRank();
    void cutThatSavesNothingAsksForNothing();
    void cutMovesByKeys();
    void newAnswersLeaveTheCutAlone();
    void rankInTheRecipeIsShown();
    void matrixShowsWhatIsChosen();
    void matrixWithoutAfterHasNoSwitch();
    void matrixColoursFollowTheTheme();
    void blocksAreNamed();
    void matrixZoomsAndAsksForWhatIsSeen();
    void weightsAreReadUnderThePointer();
    void whyLeadsToTheHelp();
    void optionAsksForItsStep();
    void optionsAreAsDarkAsTheirWindow();
    void errorsComeInPlace();
    void valuesOfACodecAreTicks();

private:
    template <class T>
    T *find(const char *name)
    {
        return m_panel->findChild<T *>(QLatin1String(name));
    }
    QPoint onCut() const;

    std::unique_ptr<InspectorPanel> m_panel;
};

void TestInspectorPanel::init()
{
    m_panel = std::make_unique<InspectorPanel>();
    applyTheme(*m_panel, Theme::light());
    m_panel->resize(340, 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestInspectorPanel::cleanup()
{
    m_panel.reset();
}

/// Where the cut can be taken hold of.
QPoint TestInspectorPanel::onCut() const
{
    const auto *view = m_panel->findChild<SpectrumView *>("spectrum");
    const double share = static_cast<double>(view->rank()) / 16;
    return {qRound(2 + (view->width() - 4) * share), view->height() / 2};
}

void TestInspectorPanel::emptyPanelSaysWhatBelongsThere()
{
    QVERIFY(find<QLabel>("inspectorEmpty")->isVisible());
    QVERIFY(!find<QTabBar>("inspectorTabs")->isVisible());
    QVERIFY(!find<QLabel>("why")->isVisible());
    m_panel->setData(oneLayer());
    QVERIFY(!find<QLabel>("inspectorEmpty")->isVisible());
    m_panel->setData({});
    QVERIFY(find<QLabel>("inspectorEmpty")->isVisible());
    QVERIFY(!find<QWidget>("matrixPage")->isVisible());
}

void TestInspectorPanel::tabsShowOnePageEach()
{
    m_panel->setData(oneLayer());
    auto *tabs = find<QTabBar>("inspectorTabs");
    QVERIFY(tabs->isVisible() && !tabs->accessibleName().isEmpty());
    QCOMPARE(tabs->count(), 4);
    QSignalSpy changed(m_panel.get(), &InspectorPanel::tabChanged);
    const char *pages[] = {"histogram", "spectrum", "matrix", "optionsPage"};
    for (int tab = 3; tab >= 0; --tab) {
        tabs->setCurrentIndex(tab);
        QCOMPARE(m_panel->tab(), static_cast<InspectorTab>(tab));
        for (int page = 0; page < 4; ++page)
            QCOMPARE(find<QWidget>(pages[page])->isVisible(), page == tab);
        QVERIFY(find<QLabel>("why")->isVisible()); // below all tabs
    }
    QCOMPARE(changed.count(), 4);
    QVERIFY(find<QWidget>("figures")->isVisible());
    // The tab stays when another layer is chosen.
    tabs->setCurrentIndex(2);
    InspectorData other = oneLayer();
    other.layer = other.title = QStringLiteral("classifier");
    m_panel->setData(other);
    QCOMPARE(m_panel->tab(), InspectorTab::Matrix);
}

void TestInspectorPanel::severalLayersHaveNoTabs()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Options);
    InspectorData several;
    several.title = QStringLiteral("3 layers");
    several.figures = {{"bytes before", "12 kB"}, {"weight error", "1 % to 3 %"}};
    m_panel->setData(several);
    QVERIFY(!find<QTabBar>("inspectorTabs")->isVisible());
    QVERIFY(!find<QWidget>("optionsPage")->isVisible());
    QVERIFY(find<QWidget>("figures")->isVisible());
    QVERIFY(!find<QLabel>("whyTitle")->isVisible());
}

void TestInspectorPanel::cutSaysWhatItMeans()
{
    SpectrumView view;
    view.setData(sixteenValues());
    view.setRank(4);
    // 1 − 0.49⁴ over 1 − 0.49¹⁶
    const double energy = (1 - std::pow(0.49, 4)) / (1 - std::pow(0.49, 16));
    QCOMPARE(view.energy(4), energy);
    QCOMPARE(view.energy(16), 1.0);
    const QStringList text = view.cutText();
    QCOMPARE(text.at(0), QString("rank 4"));
    QCOMPARE(text.at(1), QStringLiteral("%1 % of the energy").arg(100 * energy, 0, 'f', 1));
    QCOMPARE(text.at(2), QString("saves 2.05 kB")); // 3,072 − 4 · 256
    view.setRank(12);
    QCOMPARE(view.cutText().at(2), QString("saves nothing"));
    view.setRank(14);
    QCOMPARE(view.cutText().at(2), QString("takes 512 bytes more"));
    QVERIFY(view.accessibleDescription().contains("rank 14"));
    view.setRank(99);
    QCOMPARE(view.rank(), 16);
}

void TestInspectorPanel::suggestedRankSaves_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<double>("breakEven");
    QTest::addColumn<int>("rank");
    QTest::newRow("90 % of the energy") << 0.7 << 12.0 << 4; // 1 − 0.49⁴ = 0.94
    QTest::newRow("flat") << 1.0 << 12.0 << 11;
    QTest::newRow("flat, break-even between ranks") << 1.0 << 10.7 << 10;
    QTest::newRow("nothing saves") << 1.0 << 0.8 << 1;
}

void TestInspectorPanel::suggestedRankSaves()
{
    QFETCH(double, ratio);
    QFETCH(double, breakEven);
    SpectrumData data = sixteenValues();
    for (int i = 0; i < 16; ++i)
        data.values[static_cast<std::size_t>(i)] = std::pow(ratio, i);
    data.breakEven = breakEven;
    SpectrumView view;
    view.setData(data);
    QTEST(view.suggestedRank(), "rank");
    QCOMPARE(view.rank(), view.suggestedRank());
}

void TestInspectorPanel::draggedCutAsksForItsRank()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Spectrum);
    auto *view = find<SpectrumView>("spectrum");
    QTRY_VERIFY(view->width() > 200);
    QSignalSpy moved(view, &SpectrumView::rankMoved);
    QSignalSpy chosen(m_panel.get(), &InspectorPanel::rankChosen);
    const QPoint start = onCut();
    QTest::mousePress(view, Qt::LeftButton, {}, start);
    QTest::mouseRelease(view, Qt::LeftButton, {}, start); // was only touched
    QCOMPARE(chosen.count(), 0);
    QTest::mousePress(view, Qt::LeftButton, {}, start);
    const int step = (view->width() - 4) / 16;
    moveTo(view, start + QPoint(step, 0));
    moveTo(view, start + QPoint(4 * step, 0));
    QCOMPARE(view->rank(), 8);
    QVERIFY(moved.count() >= 1);
    QCOMPARE(chosen.count(), 0); // not while it is dragged
    QTest::mouseRelease(view, Qt::LeftButton, {}, start + QPoint(4 * step, 0));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().at(0).toString(), QString("encoder.1.ffn.up"));
    QCOMPARE(chosen.first().at(1).toInt(), 8);
    // Beside the cut there is nothing to drag.
    QTest::mousePress(view, Qt::LeftButton, {}, onCut() + QPoint(40, 0));
    moveTo(view, onCut() + QPoint(60, 0));
    QTest::mouseRelease(view, Qt::LeftButton, {}, onCut() + QPoint(60, 0));
    QCOMPARE(view->rank(), 8);
}

void TestInspectorPanel::cutThatSavesNothingAsksForNothing()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Spectrum);
    auto *view = find<SpectrumView>("spectrum");
    auto *use = find<QPushButton>("useRank");
    QSignalSpy chosen(m_panel.get(), &InspectorPanel::rankChosen);
    view->setRank(12);
    QVERIFY(!use->isEnabled());
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen.count(), 0);
    view->setRank(11);
    QVERIFY(use->isEnabled());
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    InspectorData shown = oneLayer();
    shown.spectrum.editable = false;
    m_panel->setData(shown);
    QVERIFY(!use->isEnabled());
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
}

void TestInspectorPanel::cutMovesByKeys()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Spectrum);
    auto *view = find<SpectrumView>("spectrum");
    QCOMPARE(view->rank(), 4);
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Left);
    QCOMPARE(view->rank(), 5);
    QTest::keyClick(view, Qt::Key_PageUp);
    QCOMPARE(view->rank(), 15);
    QTest::keyClick(view, Qt::Key_PageDown);
    QTest::keyClick(view, Qt::Key_PageDown);
    QCOMPARE(view->rank(), 1);
    QSignalSpy chosen(m_panel.get(), &InspectorPanel::rankChosen);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen.first().at(1).toInt(), 1);
}

/// What is looked at comes bit by bit, and each bit shows all again.
void TestInspectorPanel::newAnswersLeaveTheCutAlone()
{
    m_panel->setData(oneLayer());
    auto *view = find<SpectrumView>("spectrum");
    view->setRank(7);
    InspectorData more = oneLayer();
    more.figures.emplace_back("kurtosis", "3.1");
    m_panel->setData(more);
    QCOMPARE(view->rank(), 7);
    more.spectrum.spectrum->values[3] = 0.34;
    m_panel->setData(more);
    QCOMPARE(view->rank(), view->suggestedRank());
}

void TestInspectorPanel::rankInTheRecipeIsShown()
{
    InspectorData data = oneLayer();
    data.spectrum.spectrum->rank = 6;
    m_panel->setData(data);
    QCOMPARE(find<SpectrumView>("spectrum")->rank(), 6);
    auto *use = find<QPushButton>("useRank");
    QVERIFY(use->text().contains("in the recipe") && !use->isEnabled());
    find<SpectrumView>("spectrum")->setRank(5);
    QCOMPARE(use->text(), QString("Use rank 5"));
    QVERIFY(use->isEnabled());
}

void TestInspectorPanel::matrixShowsWhatIsChosen()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Matrix);
    const auto *view = find<MatrixView>("matrix");
    QCOMPARE(view->data().values.at(5), 5.0f);
    QCOMPARE(view->data().scale, MatrixData::Scale::Sizes);
    const double limit = view->data().limit;
    QTest::mouseClick(find<QToolButton>("matrixAfter"), Qt::LeftButton);
    QCOMPARE(view->data().values.at(5), 2.5f);
    QCOMPARE(view->data().limit, limit); // so that both can be compared
    QTest::mouseClick(find<QToolButton>("matrixSigned"), Qt::LeftButton);
    QCOMPARE(view->data().values.at(5), -2.5f);
    QCOMPARE(view->data().scale, MatrixData::Scale::Signed);
    QTest::mouseClick(find<QToolButton>("matrixDifference"), Qt::LeftButton);
    QCOMPARE(view->data().values.at(5), 2.5f);
    QVERIFY(view->data().limit < limit);
    QVERIFY(view->data().heads);
}

void TestInspectorPanel::matrixWithoutAfterHasNoSwitch()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Matrix);
    QTest::mouseClick(find<QToolButton>("matrixDifference"), Qt::LeftButton);
    auto pictures = std::make_shared<MatrixPictures>(*numberedBlocks());
    pictures->after.reset();
    pictures->difference.reset();
    InspectorData data = oneLayer();
    data.matrix = {pictures, QStringLiteral("No step changes it.")};
    m_panel->setData(data);
    QVERIFY(!find<QToolButton>("matrixAfter")->isEnabled());
    QVERIFY(!find<QToolButton>("matrixDifference")->isEnabled());
    QCOMPARE(find<MatrixView>("matrix")->data().values.at(5), 5.0f); // the original
    QVERIFY(find<QLabel>("matrixNote")->isVisible());
    data.matrix = {nullptr, QStringLiteral("Making the picture …")};
    m_panel->setData(data);
    QVERIFY(!find<MatrixView>("matrix")->isVisible());
}

void TestInspectorPanel::matrixColoursFollowTheTheme()
{
    MatrixView view;
    MatrixData data{1, 3, 1, 3, {-2, 0, 2}};
    data.limit = 2;
    data.scale = MatrixData::Scale::Signed;
    view.resize(304, 200);
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        view.setPalette(theme.palette());
        view.setData(data);
        const QImage image = view.grab().toImage();
        const QRectF plot = view.plotRect();
        const auto at = [&](double share) {
            const qreal ratio = image.devicePixelRatio();
            return image.pixelColor(qRound((plot.left() + plot.width() * share) * ratio),
                                    qRound(plot.center().y() * ratio));
        };
        QCOMPARE(at(1.0 / 6), divergingColour(-1, theme.mode));
        QCOMPARE(at(0.5), theme.line);
        QCOMPARE(at(5.0 / 6), divergingColour(1, theme.mode));
    }
    QCOMPARE(divergingColour(-7, ThemeMode::Light), divergingColour(-1, ThemeMode::Light));
}

void TestInspectorPanel::matrixZoomsAndAsksForWhatIsSeen()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Matrix);
    auto *view = find<MatrixView>("matrix");
    QSignalSpy asked(m_panel.get(), &InspectorPanel::regionWanted);
    const QRectF whole(0, 0, 6, 8);
    QCOMPARE(view->shown(), whole);
    QTest::keyClick(view, Qt::Key_Minus); // there is no more than the whole
    QCOMPARE(view->shown(), whole);
    const QPointF corner = view->plotRect().topLeft();
    QWheelEvent wheel(corner, view->mapToGlobal(corner), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view, &wheel);
    QCOMPARE(view->shown().topLeft(), QPointF(0, 0)); // what is under the pointer stays there
    QVERIFY(view->shown().width() < 6 && view->shown().height() < 8);
    QVERIFY(asked.wait());
    QCOMPARE(asked.last().at(0).toString(), "encoder.1.ffn.up");
    QCOMPARE(asked.last().at(1).toRect(), view->shown().toAlignedRect());
    const QRectF before = view->shown();
    QTest::keyClick(view, Qt::Key_Right);
    QVERIFY(view->shown().left() > before.left());
    QTest::keyClick(view, Qt::Key_Up); // at the edge already
    QCOMPARE(view->shown().top(), 0.0);
    const QPoint centre = view->plotRect().center().toPoint();
    QTest::mousePress(view, Qt::LeftButton, {}, centre);
    moveTo(view, centre - QPoint(0, 400)); // far enough for the other edge
    QTest::mouseRelease(view, Qt::LeftButton, {}, centre);
    QCOMPARE(view->shown().bottom(), 8.0);
    QTest::keyClick(view, Qt::Key_0);
    QCOMPARE(view->shown(), whole);
    for (int i = 0; i < 20; ++i) // until each weight is a square large enough for its number
        QTest::keyClick(view, Qt::Key_Plus);
    QCOMPARE(view->shown().width(), 4.0);
    const QSizeF plot = view->plotRect().size();
    QCOMPARE(view->shown().height() / plot.height(), view->shown().width() / plot.width());
    InspectorData other = oneLayer();
    auto pictures = std::make_shared<MatrixPictures>(*numberedBlocks());
    pictures->layer = "another";
    other.matrix.pictures = pictures;
    m_panel->setData(other);
    QCOMPARE(view->shown(), whole);
}

void TestInspectorPanel::weightsAreReadUnderThePointer()
{
    InspectorData data = oneLayer();
    m_panel->setData(data);
    m_panel->setTab(InspectorTab::Matrix);
    auto *view = find<MatrixView>("matrix");
    // A block of two rows and one column; the grid holds means of it.
    QVERIFY(view->readout({5, 1}).contains(
        QStringLiteral("row 1, column 5, head 0: \u22125.0 \u2192 \u22122.5 (mean)")));
    auto detail = std::make_shared<MatrixPictures>();
    detail->layer = data.layer;
    detail->rows = 2;
    detail->columns = 1;
    detail->out = 8;
    detail->in = 6;
    detail->region = QRect(5, 4, 1, 2);
    detail->before = {{0.25F, 0.5F}, {-0.25F, 0.5F}};
    data.matrix.detail = detail;
    m_panel->setData(data);
    QCOMPARE(view->readout({5, 4}), QStringLiteral("row 4, column 5, head 1: \u22120.25"));
    QVERIFY(view->readout({4, 4}).contains("mean")); // not looked at closely
    QVERIFY(view->readout({6, 0}).isEmpty());
    auto *readout = find<QLabel>("matrixReadout");
    const QString hint = readout->text();
    moveTo(view, view->plotRect().center() + QPointF(2, 2));
    QVERIFY(readout->text().startsWith("row 4, column 3"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(view, &leave);
    QCOMPARE(readout->text(), hint);
}

void TestInspectorPanel::whyLeadsToTheHelp()
{
    InspectorData data = oneLayer();
    m_panel->setData(data);
    QVERIFY(!find<QLabel>("whyPages")->isVisibleTo(m_panel.get()));
    data.whyPages = {{"low-rank", "Low rank"}};
    m_panel->setData(data);
    auto *links = find<QLabel>("whyPages");
    QVERIFY(links->isVisibleTo(m_panel.get()) && links->text().contains("Low rank"));
    QSignalSpy asked(m_panel.get(), &InspectorPanel::helpRequested);
    Q_EMIT links->linkActivated("low-rank");
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), "low-rank");
    for (const Theme &theme :
         {Theme::dark(), Theme::of(ThemeMode::Dark, Contrast::High), Theme::light()}) {
        applyTheme(*m_panel, theme);
        QVERIFY(links->text().contains(theme.accent.name()));
    }
}

void TestInspectorPanel::blocksAreNamed()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Matrix);
    const auto *view = find<MatrixView>("matrix");
    QTRY_VERIFY(view->width() > 200);
    const QRectF plot = view->plotRect();
    const auto block =
        view->blockAt(plot.topLeft() + QPointF(plot.width() * 0.55, plot.height() * 0.9));
    QCOMPARE(block, std::optional(QPoint(3, 3)));
    const QString text = view->blockText(*block);
    QVERIFY2(text.contains("row 6 to 7, column 3"), qPrintable(text));
    QVERIFY2(text.contains("head 1"), qPrintable(text));
    QVERIFY2(text.contains("mean |w|: 21"), qPrintable(text));
    QVERIFY(!view->blockAt(plot.bottomRight() + QPointF(5, 5)));
    // One block in 200 may be beyond the scale, no more.
    std::vector<float> sizes(1000, 1.0f);
    sizes[7] = -50;
    QCOMPARE(matrixLimit(sizes), 1.0);
    QCOMPARE(matrixLimit({0, 0, -3}), 3.0);
}

void TestInspectorPanel::optionAsksForItsStep()
{
    m_panel->setData(oneLayer());
    m_panel->setTab(InspectorTab::Options);
    QSignalSpy chosen(m_panel.get(), &InspectorPanel::optionChosen);
    auto *free = find<OptionButton>("quantize.affine bits=4 @ x");
    auto *needy = find<OptionButton>("prune.wanda @ x");
    QTRY_VERIFY(free->isVisible() && needy->isVisible());
    QTest::mouseClick(needy, Qt::LeftButton);
    QCOMPARE(chosen.count(), 0);
    QTest::mouseClick(free, Qt::LeftButton);
    QTest::keyClick(free, Qt::Key_Return);
    QTest::keyClick(free, Qt::Key_Space);
    QCOMPARE(chosen.count(), 3);
    QCOMPARE(chosen.first().first().toString(), QString("quantize.affine bits=4 @ x"));
    QVERIFY(free->accessibleName().contains("12 kB"));
}

/// Rows are made anew while the window is shown in its theme.
void TestInspectorPanel::optionsAreAsDarkAsTheirWindow()
{
    m_panel->setTab(InspectorTab::Options);
    for (const Theme &theme : {Theme::dark(), Theme::light()}) {
        m_panel->setData({});
        applyTheme(*m_panel, theme);
        m_panel->setData(oneLayer());
        auto *button = find<OptionButton>("quantize.affine bits=4 @ x");
        QTRY_VERIFY(button->isVisible() && button->width() > 200);
        const QImage image = button->grab().toImage();
        QCOMPARE(image.pixelColor(image.width() / 2, 4), theme.faint);
    }
}

void TestInspectorPanel::errorsComeInPlace()
{
    InspectorData data = oneLayer();
    m_panel->setData(data);
    m_panel->setTab(InspectorTab::Options);
    auto *button = find<OptionButton>("quantize.affine bits=4 @ x");
    data.options.groups[0].rows[0].error = QStringLiteral("11.2 %");
    m_panel->setData(data);
    QCOMPARE(find<OptionButton>("quantize.affine bits=4 @ x"), button);
    QVERIFY(button->accessibleName().contains("11.2 %"));
    data.options.groups[0].rows[0].step = QStringLiteral("quantize.half @ x");
    m_panel->setData(data);
    QVERIFY(find<OptionButton>("quantize.half @ x"));
    QVERIFY(!find<OptionButton>("quantize.affine bits=4 @ x"));
}

void TestInspectorPanel::valuesOfACodecAreTicks()
{
    HistogramView view;
    view.setPalette(Theme::light().palette());
    view.resize(320, 160);
    HistogramData data = *oneLayer().histogram;
    view.setData(data);
    const QImage without = view.grab().toImage();
    data.values = {-0.5, 0, 0.5};
    view.setData(data);
    QVERIFY(view.grab().toImage() != without);
}

QTEST_MAIN(TestInspectorPanel)
#include "tst_inspectorpanel.moc"

// The map's twin: rows, sorting, one selection with the map, and the line that finds layers.
#include "tests/widgets/modelfixtures.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/layermap/layertablemodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTest>
#include <cmath>

using namespace pare;

namespace {

LayerMapData compressed()
{
    std::map<std::string, LayerState> states;
    states["encoder.0.ffn.up"].bytes = 1000;
    states["encoder.0.ffn.up"].technique = "4 bits";
    states["encoder.0.ffn.up"].value = 12.5;
    states["encoder.1.ffn.up"].sharedWith = "encoder.0.ffn.up";
    return layerMapData(test::bert({2, 64, 128, 100}), states);
}

int rowOf(const QAbstractItemModel &model, const QString &name)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data().toString() == name)
            return row;
    }
    return -1;
}

} // namespace

class TestLayerTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsSayWhatCellsSay()
    {
        LayerTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setData(compressed());
        const int up = rowOf(model, "encoder.0.ffn.up");
        const auto text = [&](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(up, LayerTableModel::RoleColumn), "up");
        QCOMPARE(text(0, LayerTableModel::RoleColumn), "token embedding");
        QCOMPARE(text(up, LayerTableModel::BeforeColumn), bytesText(128 * 64 * 4 + 128 * 4));
        QCOMPARE(text(up, LayerTableModel::AfterColumn), bytesText(1000));
        QCOMPARE(text(up, LayerTableModel::LeftColumn), "3.0 %");
        QCOMPARE(text(up, LayerTableModel::TechniqueColumn), "4 bits");
        QVERIFY(text(up, LayerTableModel::ValueColumn).startsWith("12.5"));
        QCOMPARE(text(rowOf(model, "encoder.1.ffn.up"), LayerTableModel::AfterColumn),
                 "= encoder.0.ffn.up");
        model.setData({});
        QCOMPARE(model.rowCount(), 0);
    }

    void numbersSortAsNumbers()
    {
        LayerMapPanel panel;
        panel.setData(compressed());
        panel.table()->sortByColumn(LayerTableModel::BeforeColumn, Qt::DescendingOrder);
        const QAbstractItemModel &rows = *panel.table()->model();
        double before = 1e18;
        for (int row = 0; row < rows.rowCount(); ++row) {
            const double bytes = rows.index(row, LayerTableModel::BeforeColumn)
                                     .data(LayerTableModel::SortRole)
                                     .toDouble();
            QVERIFY(bytes <= before);
            before = bytes;
        }
    }

    void mapAndTableHaveOneSelection()
    {
        LayerMapPanel panel;
        panel.resize(900, 600);
        panel.show();
        panel.setData(compressed());
        panel.map()->setSelection({"encoder.0.attention.query", "pooler"});
        QTest::mouseClick(panel.findChild<QWidget *>("mapTable"), Qt::LeftButton);
        QVERIFY(panel.showsTable());
        QCOMPARE(panel.table()->selectionModel()->selectedRows().size(), 2);
        QSignalSpy changed(panel.map(), &LayerMap::selectionChanged);
        panel.table()->selectRow(rowOf(*panel.table()->model(), "encoder.1.ffn.down"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(panel.map()->selection(), QStringList{"encoder.1.ffn.down"});
        panel.table()->actions().first()->trigger(); // Ctrl+C
        const QStringList lines = QApplication::clipboard()->text().split('\n');
        QCOMPARE(lines.size(), 3); // head, row, and the end of it
        QVERIFY(lines[1].startsWith("encoder.1.ffn.down\tdown\t"));
    }

    void findingSelects()
    {
        LayerMapPanel panel;
        panel.setData(compressed());
        QSignalSpy asked(&panel, &LayerMapPanel::findRequested);
        auto *find = panel.findChild<QLineEdit *>("mapFind");
        QTest::keyClicks(find, "ffn");
        QCOMPARE(asked.count(), 3);
        QCOMPARE(asked.last().first().toString(), "ffn");
        panel.setFound({"encoder.0.ffn.up"});
        QCOMPARE(panel.map()->selection(), QStringList{"encoder.0.ffn.up"});
        auto *found = panel.findChild<QLabel *>("mapFound");
        QVERIFY(found->text().startsWith("1 of "));
        const QAbstractItemModel *rows = panel.findChild<QTableView *>("layerTable")->model();
        QCOMPARE(rows->rowCount(), 1);
        QCOMPARE(rows->index(0, 0).data().toString(), "encoder.0.ffn.up");
        panel.setFound({}, "what it is");
        QCOMPARE(found->toolTip(), "what it is");
        QCOMPARE(panel.map()->selection(), QStringList{"encoder.0.ffn.up"});
        QVERIFY(rows->rowCount() > 1);
    }

    void whatIsNotKnownSaysHowToGetIt()
    {
        LayerMapPanel panel;
        panel.setData(compressed());
        panel.map()->setSelection({"pooler"});
        auto *find = panel.findChild<QLineEdit *>("mapFind");
        find->setText("error > 5");
        panel.setUnknown("measuring tells it", "Measure");
        auto *answer = panel.findChild<QWidget *>("mapAnswer");
        auto *action = panel.findChild<QPushButton *>("mapAnswerAction");
        QVERIFY(!answer->isHidden());
        QVERIFY(panel.findChild<QLabel *>("mapFound")->text().indexOf(QRegularExpression("[0-9]")) <
                0);
        QCOMPARE(panel.map()->selection(),
                 QStringList{"pooler"}); // nothing was found, nor not found
        QSignalSpy wanted(&panel, &LayerMapPanel::findActionRequested);
        action->click();
        QCOMPARE(wanted.count(), 1);
        panel.setUnknown("it is on its way");
        QVERIFY(action->isHidden());
        panel.setFound({"pooler"});
        QVERIFY(answer->isHidden());
    }

    void measuresAreAskedFor()
    {
        LayerMapPanel panel;
        panel.setMeasures({"weight error", "bits"});
        QCOMPARE(panel.measures(), QStringList({"weight error", "bits"}));
        QSignalSpy chosen(&panel, &LayerMapPanel::measureChosen);
        auto *colour = panel.findChild<QComboBox *>("mapColour");
        QCOMPARE(colour->count(), 4);
        colour->setCurrentIndex(3);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 1);
        QCOMPARE(panel.map()->colour(), LayerColour::Value);
        panel.setMeasures({"weight error", "bits", "zeros"}); // the choice stays
        QCOMPARE(colour->currentIndex(), 3);
        QCOMPARE(chosen.count(), 1);
        panel.setMeasures({"weight error"}); // it is gone
        QCOMPARE(panel.map()->colour(), LayerColour::Bytes);
    }

    void columnsAreChosen()
    {
        LayerMapData data = compressed();
        LayerMeasure zeros{"zeros", "share of zeros", "%"};
        LayerMeasure kurtosis{"kurtosis", "kurtosis", {}};
        for (std::size_t i = 0; i < data.cells.size(); ++i) {
            zeros.values.push_back(i == 2 ? 50.5 : std::nan(""));
            kurtosis.values.push_back(static_cast<double>(i));
        }
        data.measures = {zeros, kurtosis};
        LayerMapPanel panel;
        panel.setShownColumns({"zeros"});
        QSignalSpy changed(&panel, &LayerMapPanel::columnsChanged);
        panel.setData(data);
        const int first = LayerTableModel::FirstMeasure;
        QVERIFY(!panel.table()->isColumnHidden(first));
        QVERIFY(panel.table()->isColumnHidden(first + 1));
        const QAbstractItemModel &rows = *panel.table()->model();
        QCOMPARE(rows.headerData(first, Qt::Horizontal).toString(), "share of zeros");
        panel.table()->sortByColumn(first, Qt::DescendingOrder);
        QCOMPARE(rows.index(0, first).data().toString(), QStringLiteral("50.5\u202f%"));
        QVERIFY(rows.index(1, first).data().toString().isEmpty());
        panel.findChild<QAction *>("layerColumn.kurtosis")->trigger();
        panel.findChild<QAction *>("layerColumn.zeros")->trigger();
        QCOMPARE(changed.count(), 2);
        QCOMPARE(panel.shownColumns(), QStringList{"kurtosis"});
        QVERIFY(panel.table()->isColumnHidden(first) && !panel.table()->isColumnHidden(first + 1));
        panel.setData(compressed());
        QCOMPARE(rows.columnCount(), first);
    }
};

QTEST_MAIN(TestLayerTable)
#include "tst_layertable.moc"

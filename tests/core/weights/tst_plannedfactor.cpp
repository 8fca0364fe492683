#include "core/weights/plannedfactor.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <QTest>

using namespace pare;

class TestPlannedFactor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatPackingWillBe_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("bits"); // 0: float32, 16: float16
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<double>("keep");
        int number = 0;
        for (const auto &[rows, columns] :
             {std::pair{7, 13}, {1, 1}, {64, 128}, {300, 5}, {3, 300}}) {
            for (const int bits : {0, 16, 2, 3, 4, 8}) {
                for (const double keep : {1.0, 0.5, 0.04, 0.0}) {
                    ++number;
                    QTest::addRow("%d: %dx%d, %d bits, keep %g", number, rows, columns, bits, keep)
                        << rows << columns << bits << (number % 3 == 0 ? 16 : 0)
                        << (number % 2 == 0) << keep;
                }
            }
        }
    }
    void saysWhatPackingWillBe()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, bits);
        QFETCH(int, group);
        QFETCH(bool, symmetric);
        QFETCH(double, keep);
        Codec codec;
        codec.kind = bits == 0    ? CodecKind::Float32
                     : bits == 16 ? CodecKind::Float16
                                  : CodecKind::Affine;
        if (codec.kind == CodecKind::Affine) {
            codec.bits = bits;
            codec.symmetric = symmetric;
            codec.granularity = group > 0 ? Granularity::Group : Granularity::Channel;
            codec.group = group;
        }
        at::manual_seed(1);
        const at::Tensor values = at::randn({rows, columns}) + 3; // no kept weight is zero
        const auto kept = static_cast<std::int64_t>(keep * rows * columns);
        at::Tensor mask = at::zeros({rows * std::int64_t{columns}}, at::kBool);
        mask.slice(0, 0, kept).fill_(true);
        const bool masked = kept < rows * columns;
        const Factor factor =
            Factor::encoded(values, codec, masked ? mask.view({rows, columns}) : at::Tensor());
        const PlannedFactor planned{{rows, columns}, codec, kept};

        const std::vector<StoredTensor> real = factor.packed("w");
        const std::vector<StoredTensor> told = planned.tensors("w");
        QCOMPARE(told.size(), real.size());
        for (const StoredTensor &tensor : real) {
            const auto same = std::ranges::find(told, tensor.name, &StoredTensor::name);
            QVERIFY2(same != told.end(), tensor.name.c_str());
            QCOMPARE(same->dtype, tensor.dtype);
            QCOMPARE(same->shape, tensor.shape);
        }
        QCOMPARE(planned.description().dump(), factor.description().dump());
    }
};

QTEST_GUILESS_MAIN(TestPlannedFactor)
#include "tst_plannedfactor.moc"

// Gradients of the loss and their sums, against differences of a slow network of float64.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compression/gradients.h"
#include "tests/core/compression/slowencoder.h"

#include <QtTest>

using namespace pare;

namespace {

struct Case
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights weights = test::randomWeights(specification, 5);
    CalibrationData data = labelledData(5, 3);
};

/// ∂L/∂w of one weight by central differences.
double slope(SlowEncoder &slow, const CalibrationData &data, std::size_t example, double *weight)
{
    constexpr double step = 1e-4;
    const double value = *weight;
    *weight = value + step;
    const double above = slow.loss(data.sequences[example], data.labels[example]);
    *weight = value - step;
    const double below = slow.loss(data.sequences[example], data.labels[example]);
    *weight = value;
    return (above - below) / (2 * step);
}

/// Some weights of each layer, by number.
std::vector<std::int64_t> someOf(std::int64_t count, Random &random)
{
    std::vector<std::int64_t> chosen;
    for (int i = 0; i < 4; ++i)
        chosen.push_back(static_cast<std::int64_t>(random.below(count)));
    return chosen;
}

double at1(const at::Tensor &tensor, std::int64_t i)
{
    return tensor.contiguous().view(-1)[i].item<double>();
}

at::Tensor drawnTensor(const std::vector<std::int64_t> &shape, std::uint64_t seed)
{
    at::manual_seed(seed);
    return at::randn(shape).mul(0.4);
}

/// Σ gradient ∘ W: a loss whose gradient by W is `gradient`.
double product(const at::Tensor &gradient, const Weight &weight)
{
    return gradient.mul(denseValues(weight)).sum(at::kDouble).item<double>();
}

/// The factors of a weight, to change one at a time.
std::vector<Factor *> factorsOf(Weight &weight)
{
    if (auto *product = std::get_if<Product>(&weight))
        return {&product->left, &product->right};
    if (auto *kronecker = std::get_if<Kronecker>(&weight))
        return {&kronecker->a, &kronecker->b};
    if (auto *columns = std::get_if<Columns>(&weight))
        return {&columns->chosen, &columns->rest};
    return {std::get_if<Factor>(&weight)};
}

} // namespace

class TestGradients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsAreThoseOfTheExamples_data()
    {
        QTest::addColumn<QStringList>("shared"); // layer, owner
        QTest::newRow("own weights") << QStringList{};
        QTest::newRow("one output for two blocks")
            << QStringList{"encoder.2.attention.output", "encoder.0.attention.output"};
        QTest::newRow("one feed-forward for all") << QStringList{
            "encoder.1.ffn.up",   "encoder.0.ffn.up",   "encoder.2.ffn.up",   "encoder.0.ffn.up",
            "encoder.1.ffn.down", "encoder.0.ffn.down", "encoder.2.ffn.down", "encoder.0.ffn.down"};
        QTest::newRow("query and key alike")
            << QStringList{"encoder.1.attention.key", "encoder.1.attention.query"};
    }
    void sumsAreThoseOfTheExamples()
    {
        QFETCH(QStringList, shared);
        Case with;
        for (qsizetype i = 0; i < shared.size(); i += 2)
            with.weights.layers[shared[i].toStdString()] = {Shared{shared[i + 1].toStdString()},
                                                            {}};
        SlowEncoder slow(with.specification, with.weights);
        WantedGradients wanted;
        for (const auto &[name, values] : slow.weights) {
            wanted.sums.insert(name);
            wanted.squares.insert(name);
        }
        const LayerGradients found = layerGradients(with.specification, with.weights, with.data,
                                                    wanted, silentProgress());
        QCOMPARE(found.sums.size(), slow.weights.size());
        QCOMPARE(found.squares.size(), slow.weights.size());
        Random random(17);
        for (auto &[name, values] : slow.weights) {
            // What float32 gets wrong is of the matrix's own scale.
            const double scale = std::sqrt(found.squares.at(name).max().item<double>());
            QVERIFY(scale > 0);
            for (const std::int64_t i : someOf(values.numel(), random)) {
                double sum = 0, squares = 0;
                for (std::size_t x = 0; x < with.data.sequences.size(); ++x) {
                    const double own = slope(slow, with.data, x, values.data_ptr<double>() + i);
                    sum += own;
                    squares += own * own;
                }
                QVERIFY(std::abs(at1(found.sums.at(name), i) - sum) < 1e-4 * scale);
                QVERIFY(std::abs(at1(found.squares.at(name), i) - squares) <
                        1e-4 * scale * scale);
            }
        }
    }

    void onlyWhatIsWantedIsKept()
    {
        const Case with;
        const WantedGradients wanted{{"encoder.0.ffn.up"}, {"pooler"}};
        const LayerGradients found = layerGradients(with.specification, with.weights, with.data,
                                                    wanted, silentProgress());
        QCOMPARE(found.sums.size(), std::size_t{1});
        QCOMPARE(found.squares.size(), std::size_t{1});
        QCOMPARE(found.sums.at("encoder.0.ffn.up").size(0), 24);
        QCOMPARE(found.squares.at("pooler").size(0), 16);
    }

    /// The loss does not depend on gradients being off where it is called from.
    void gradientsAreOnWhereverItRuns()
    {
        const Case with;
        const c10::NoGradGuard off;
        LossGradients loss(with.specification, with.weights, with.data);
        const double value = loss.differentiate(2, silentProgress());
        const SlowEncoder slow(with.specification, with.weights);
        QVERIFY(std::abs(value - slow.loss(with.data.sequences[2], with.data.labels[2])) < 1e-5);
        QVERIFY(loss.gradient("encoder.1.attention.value").abs().max().item<double>() > 0);
        QVERIFY(!at::GradMode::is_enabled());
    }

    void factorsFollowTheChainRule_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : {"factor", "product", "kronecker", "columns"}) {
            QTest::addRow("%s", form) << QString(form);
            QTest::addRow("%s, inputs scaled", form) << QString(form) + " scaled";
        }
    }
    void factorsFollowTheChainRule()
    {
        QFETCH(QString, form);
        const auto factor = [&](std::int64_t out, std::int64_t in) {
            const Factor dense = Factor::dense(drawnTensor({out, in}, 31 * out + in));
            return form.endsWith("scaled") ? dense.withInputScale(drawnTensor({in}, in).add(1.5))
                                           : dense;
        };
        Weight weight = factor(6, 10);
        if (form.startsWith("product"))
            weight = Product{factor(6, 3), factor(3, 10)};
        else if (form.startsWith("kronecker"))
            weight = Kronecker{factor(3, 2), factor(2, 5)};
        else if (form.startsWith("columns"))
            weight = Columns{at::tensor({1, 4, 9}, at::kInt), factor(6, 3), factor(6, 7)};
        const at::Tensor gradient = drawnTensor({6, 10}, 77);
        const std::vector<at::Tensor> found = factorGradients(weight, gradient);
        std::vector<Factor *> factors = factorsOf(weight);
        QCOMPARE(found.size(), factors.size());
        for (std::size_t f = 0; f < factors.size(); ++f) {
            const Factor before = *factors[f];
            QVERIFY(found[f].sizes() == before.values().sizes());
            for (std::int64_t i = 0; i < before.count(); ++i) {
                const auto changed = [&](float by) {
                    at::Tensor values = before.values().clone();
                    values.view(-1)[i] += by;
                    *factors[f] = Factor::dense(values);
                    if (before.inputScale().defined())
                        *factors[f] = factors[f]->withInputScale(before.inputScale());
                    return product(gradient, weight);
                };
                const double expected = (changed(0.5) - changed(-0.5)); // W is linear in each
                *factors[f] = before;
                QVERIFY(std::abs(at1(found[f], i) - expected) < 1e-5);
            }
        }
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("says");
        QTest::newRow("no classifier") << "head" << "classifies";
        QTest::newRow("no examples") << "examples" << "0 examples";
        QTest::newRow("no labels") << "labels" << "there are 0";
        QTest::newRow("fewer labels") << "fewer" << "there are 4";
        QTest::newRow("unknown label") << "unknown" << "example 2";
        QTest::newRow("negative label") << "negative" << "-1";
        QTest::newRow("not finite") << "infinite" << "not a finite number";
    }
    void refusals()
    {
        QFETCH(QString, what);
        QFETCH(QString, says);
        Case with;
        if (what == "head")
            with.specification.head = HeadKind::None;
        else if (what == "examples")
            with.data = {};
        else if (what == "labels")
            with.data.labels.clear();
        else if (what == "fewer")
            with.data.labels.pop_back();
        else if (what == "unknown")
            with.data.labels[1] = 3;
        else if (what == "negative")
            with.data.labels[1] = -1;
        else
            with.weights.layers.at("classifier").bias =
                at::full({3}, std::numeric_limits<float>::quiet_NaN());
        try {
            layerGradients(with.specification, with.weights, with.data, {{"pooler"}, {}},
                           silentProgress());
            QFAIL("was not refused");
        } catch (const Error &error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }

    /// Also in the middle of a backward pass; what was asked for before is not lost.
    void cancelledWorkStops()
    {
        class Stopped : public Progress
        {
        public:
            explicit Stopped(int allowed)
                : m_allowed(allowed)
            {}
            void report(const ProgressReport &) override {}
            bool cancelled() const override { return ++m_polls > m_allowed; }
            int polls() const { return m_polls; }

        private:
            int m_allowed;
            mutable int m_polls = 0;
        };
        const Case with;
        LossGradients loss(with.specification, with.weights, with.data);
        Stopped patient(1 << 20);
        const double value = loss.differentiate(0, patient);
        QVERIFY(patient.polls() >= 8); // four borders, there and back
        for (int allowed = 0; allowed < patient.polls(); ++allowed) {
            Stopped stopped(allowed);
            QVERIFY_EXCEPTION_THROWN(loss.differentiate(0, stopped), Cancelled);
        }
        QCOMPARE(loss.differentiate(0, silentProgress()), value);
    }
};

QTEST_GUILESS_MAIN(TestGradients)
#include "tst_gradients.moc"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/evaluation/encodeddata.h"
#include "core/search/blame.h"
#include "tests/support/randommodel.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <numeric>

using namespace pare;
namespace fs = std::filesystem;

namespace {

struct Predictions
{
    std::vector<int> answers; ///< as text hashes would do; class indices here
    std::vector<std::vector<double>> logits;
};

Predictions predictionsIn(const fs::path &path)
{
    Predictions all;
    QStringList lines = QString::fromStdString(readFile(path)).split('\n', Qt::SkipEmptyParts);
    lines.removeFirst();
    for (const QString &line : lines) {
        std::vector<double> row;
        for (const QString &value : line.split('\t').last().split(','))
            row.push_back(value.toDouble());
        all.answers.push_back(
            static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
        all.logits.push_back(row);
    }
    return all;
}

} // namespace

class TestBlame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
        m_model = m_folder.filePath("model").toStdString();
        test::writeRandomModel(m_model);
        ExperimentOptions options;
        options.model = m_model;
        options.data = (m_model / "test.tsv").string();
        options.threads = 2;
        m_experiment = std::make_unique<Experiment>(options, silentProgress());
        m_all.resize(static_cast<std::size_t>(m_experiment->data().size()));
        std::iota(m_all.begin(), m_all.end(), std::size_t{0});
    }

    /// Putting a layer back is running the recipe without it.
    void restoringIsLeavingOut()
    {
        const Recipe recipe =
            checked(Recipe{{parsedStep("quantize.affine bits=2 @ role=query,up"),
                            parsedStep("quantize.affine bits=3 @ embedding.token,pooler")}});
        const Predictions before = predicted({});
        const Predictions now = predicted(recipe);
        const auto answers = blamedLayers(*m_experiment, recipe, m_all, silentProgress());
        std::size_t flips = 0;
        for (std::size_t i = 0; i < m_all.size(); ++i)
            flips += before.answers[i] != now.answers[i];
        QVERIFY(flips > 3);
        QCOMPARE(answers.size(), flips);
        for (const std::string &layer :
             {std::string("encoder.1.attention.query"), std::string("encoder.2.ffn.up"),
              std::string("embedding.token"), std::string("pooler")}) {
            Recipe without = recipe;
            for (Step &step : without.steps)
                step.layers += " and not " + layer;
            const Predictions back = predicted(without);
            for (const AnswerBlame &answer : answers) {
                QCOMPARE(answer.before, std::int64_t{before.answers[answer.example]});
                QCOMPARE(answer.now, std::int64_t{now.answers[answer.example]});
                QCOMPARE(answer.layers.size(), std::size_t{8});
                const auto blame = std::ranges::find(answer.layers, layer, &LayerBlame::layer);
                QVERIFY(blame != answer.layers.end());
                const auto lead = [&](const Predictions &of) {
                    return of.logits[answer.example][static_cast<std::size_t>(answer.before)] -
                           of.logits[answer.example][static_cast<std::size_t>(answer.now)];
                };
                QVERIFY(std::abs(blame->verified - (lead(back) - lead(now))) < 1e-4);
                QCOMPARE(blame->restores, back.answers[answer.example] == answer.before);
            }
        }
    }

    void mostEffectiveFirstAndEstimatesAgree_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<double>("agreement");
        QTest::newRow("lightly") << "quantize.affine bits=4" << 0.95;
        QTest::newRow("heavily") << "quantize.affine bits=2" << 0.8;
    }
    void mostEffectiveFirstAndEstimatesAgree()
    {
        QFETCH(QString, option);
        QFETCH(double, agreement);
        const Recipe recipe =
            checked(Recipe{{parsedStep(option.toStdString() + " @ role=query,up,down,pooler")}});
        const auto answers = blamedLayers(*m_experiment, recipe, m_all, silentProgress());
        QVERIFY(!answers.empty());
        for (const AnswerBlame &answer : answers) {
            for (std::size_t i = 1; i < answer.layers.size(); ++i)
                QVERIFY(answer.layers[i - 1].verified >= answer.layers[i].verified);
        }
        const double agrees = agreementOf(answers).value_or(0);
        QVERIFY2(agrees > agreement, std::to_string(agrees).c_str());
    }

    /// Behind the last block there is only the head, which slopes tell almost all of where little changes.
    void estimatesAreSlopesOfWhatIsBehind()
    {
        const Recipe recipe =
            checked(Recipe{{parsedStep("quantize.affine bits=8 @ encoder.2.ffn.down"),
                            parsedStep("quantize.affine bits=3 @ pooler")}});
        const auto answers = blamedLayers(*m_experiment, recipe, m_all, silentProgress());
        QVERIFY(!answers.empty());
        for (const AnswerBlame &answer : answers) {
            for (const LayerBlame &layer : answer.layers) {
                const bool isHead = layer.layer == "pooler";
                QVERIFY(std::abs(layer.verified - layer.estimated) <=
                        (isHead ? 0 : 0.02 * std::abs(layer.verified) + 1e-3));
            }
        }
    }

    void whatCannotBePutBackIsRefused()
    {
        QVERIFY_THROWS_EXCEPTION(
            Error,
            blamedLayers(*m_experiment, checked(Recipe{{parsedStep("prune.neurons keep=0.5")}}),
                         m_all, silentProgress()));
        QVERIFY(blamedLayers(*m_experiment, {}, m_all, silentProgress()).empty());
        QVERIFY(!agreementOf({}));
    }

private:
    Predictions predicted(const Recipe &recipe)
    {
        const fs::path file = m_folder.filePath("p.tsv").toStdString();
        m_experiment->run(recipe, silentProgress(), {{}, file});
        return predictionsIn(file);
    }

    QTemporaryDir m_folder;
    fs::path m_model;
    std::unique_ptr<Experiment> m_experiment;
    std::vector<std::size_t> m_all;
};

QTEST_GUILESS_MAIN(TestBlame)
#include "tst_blame.moc"

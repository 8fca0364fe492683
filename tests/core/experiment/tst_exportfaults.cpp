// Faults planted in the bytes of exported files, in every format: each must be found, said, and marked
// in the folder.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/experiment/exportcheck.h"
#include "core/experiment/exporting.h"
#include "tests/core/experiment/plantedfaults.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fmt/format.h>
#include <functional>

using namespace pare;
namespace fs = std::filesystem;

namespace {

constexpr auto packed = ExportFormat::Packed;
constexpr auto dense = ExportFormat::Dense;
constexpr auto script = ExportFormat::TorchScript;
constexpr auto gguf = ExportFormat::Gguf;

struct Export
{
    const ExportSource &source;
    ExportTarget target;
    std::string content; ///< of the file that holds the weights

    at::Tensor weight(const std::string &layer, DType dtype = DType::Float32) const
    {
        return denseWeight(source.weights, layer, dtype);
    }
    std::string bytes(const std::string &layer) const { return test::rawBytes(weight(layer)); }
    const Factor &factor(const std::string &layer) const
    {
        return std::get<Factor>(source.weights.layers.at(layer).weight);
    }
};

using Plant = std::function<void(Export &)>;

struct Fault
{
    const char *name;
    ExportFormat format;
    const char *recipe; ///< "mlm" before it: of a masked-LM head
    DType dtype;
    Plant plant;
    const char *found; ///< words of the failure
};

const std::string query = "encoder.1.attention.query";
const std::string otherQuery = "encoder.0.attention.query";
const std::string queryTensor = "bert.encoder.layer.1.attention.self.query.weight";

void scaleWeight(Export &file)
{
    test::replaceAt(file.content, file.bytes(query), test::rawBytes(file.weight(query).mul(1.5)));
}

/// One scale of all those of a layer.
void scaleCodes(Export &file)
{
    const at::Tensor scales = file.factor(query).scales().scales;
    at::Tensor other = scales.clone();
    other[3].mul_(1.01);
    test::replaceAt(file.content, test::rawBytes(scales), test::rawBytes(other));
}

void scaleBlock(Export &file)
{
    const std::string bytes = test::q8Bytes(file.factor(query));
    std::string other = bytes;
    other[34] = static_cast<char>(other[34] ^ 1); // the lowest bit of the second block's scale
    test::replaceAt(file.content, bytes, other);
}

void transpose(Export &file)
{
    test::replaceAt(file.content, file.bytes(query), test::rawBytes(file.weight(query).t()));
}

void transposeHalves(Export &file)
{
    const at::Tensor half = file.weight(query, DType::Float16);
    test::replaceAt(file.content, test::rawBytes(half), test::rawBytes(half.t()));
}

void skip(Export &file)
{
    const std::string bytes = file.bytes(query);
    test::replaceAt(file.content, bytes, std::string(bytes.size(), '\0'));
}

void skipBlocks(Export &file)
{
    const std::string bytes = test::q8Bytes(file.factor(query));
    test::replaceAt(file.content, bytes, std::string(bytes.size(), '\0'));
}

void exchangeLayers(Export &file)
{
    test::exchange(file.content, file.bytes(query), file.bytes(otherQuery));
}

void exchangeBlocks(Export &file)
{
    test::exchange(file.content, test::q8Bytes(file.factor(query)),
                   test::q8Bytes(file.factor(otherQuery)));
}

void dropBias(Export &file)
{
    const std::string bytes = test::rawBytes(biasOf(file.source.weights, query));
    test::replaceAt(file.content, bytes, std::string(bytes.size(), '\0'));
}

/// A tensor under a name that nobody looks for.
Plant renamed(const std::string &name)
{
    return [name](Export &file) {
        std::string other = name;
        other.back() = 'z';
        test::replaceAt(file.content, name, other);
    };
}

Plant withoutEntry(const std::string &name)
{
    return [name](Export &file) {
        test::changeHeader(file.content, [&](auto &header) { header.erase(name); });
    };
}

/// A tensor too many, over the numbers of another.
void addEntry(Export &file)
{
    test::changeHeader(file.content, [](auto &header) { header["more"] = header.at(queryTensor); });
}

Plant labelled(const char *dtype)
{
    return [dtype](Export &file) {
        test::changeHeader(file.content,
                           [&](auto &header) { header.at(queryTensor)["dtype"] = dtype; });
    };
}

/// What stands behind the name of a GGUF tensor of two dimensions: their number, they, the type.
std::size_t ggufTypeOf(const Export &file, const std::string &name)
{
    return test::ggufEntry(file.content, name) + 8 + name.size() + 4 + 16;
}

Plant ggufLabelled(const std::string &name, int type)
{
    return [name, type](Export &file) {
        file.content[ggufTypeOf(file, name)] = static_cast<char>(type);
    };
}

/// So many bytes more in the model's own name, so that all else stays in its place.
void lengthenName(Export &file, std::size_t bytes)
{
    const std::string key = "general.name";
    const std::size_t place = file.content.find(key) + key.size() + 4;
    std::uint64_t size = 0;
    std::memcpy(&size, file.content.data() + place, sizeof(size));
    file.content.insert(place + 8, std::string(bytes, 'x'));
    size += bytes;
    std::memcpy(file.content.data() + place, &size, sizeof(size));
}

/// The first token of a key's array of texts or numbers.
std::size_t ggufArray(const Export &file, const std::string &key)
{
    return file.content.find("tokenizer.ggml." + key) + 15 + key.size() + 4 + 4 + 8;
}

/// Where a token's length stands, and behind it its text.
std::size_t ggufToken(const Export &file, int id)
{
    std::size_t place = ggufArray(file, "tokens");
    for (; id > 0; --id) {
        std::uint64_t length = 0;
        std::memcpy(&length, file.content.data() + place, sizeof(length));
        place += sizeof(length) + length;
    }
    return place;
}

void swapTokens(Export &file)
{
    const std::size_t first = ggufToken(file, 8), second = ggufToken(file, 9),
                      end = ggufToken(file, 10);
    std::rotate(file.content.begin() + static_cast<std::ptrdiff_t>(first),
                file.content.begin() + static_cast<std::ptrdiff_t>(second),
                file.content.begin() + static_cast<std::ptrdiff_t>(end));
}

void cutToken(Export &file)
{
    const std::size_t place = ggufToken(file, 9), end = ggufToken(file, 10);
    file.content.erase(end - 1, 1);
    --file.content[place];
    lengthenName(file, 1);
}

/// One number of an array of four bytes each.
Plant ggufElement(const std::string &key, std::size_t number, char value)
{
    return [=](Export &file) { file.content[ggufArray(file, key) + 4 * number] = value; };
}

/// Its name gone, and the bytes of the name to the model's own, so that all else stays in its place.
Plant ggufWithoutEntry(const std::string &name, int dimensions)
{
    return [name, dimensions](Export &file) {
        const std::size_t length =
            8 + name.size() + 4 + 8 * static_cast<std::size_t>(dimensions) + 4 + 8;
        file.content.erase(test::ggufEntry(file.content, name), length);
        lengthenName(file, length);
        --file.content[8]; // of the number of tensors
    };
}

void ggufOtherShape(Export &file)
{
    const std::string name = "blk.1.ffn_up.weight";
    const std::size_t place = test::ggufEntry(file.content, name) + 8 + name.size() + 4;
    std::swap_ranges(file.content.begin() + static_cast<std::ptrdiff_t>(place),
                     file.content.begin() + static_cast<std::ptrdiff_t>(place) + 8,
                     file.content.begin() + static_cast<std::ptrdiff_t>(place) + 8);
}

/// A number among the file's own keys, which its config.json does not have.
Plant ggufKey(const std::string &key, int value)
{
    return [key, value](Export &file) {
        file.content[file.content.find(key) + key.size() + 4] = static_cast<char>(value);
    };
}

/// Each layer a weight of its own, with the same values.
void untie(Export &file)
{
    ExportSource copied = file.source;
    for (auto &[name, layer] : copied.weights.layers)
        layer = file.source.weights.resolved(name);
    copied.record.weightHash = hashOf(copied.specification, copied.weights, silentProgress());
    exportModel(
        copied,
        {file.target.folder.string() + ".untied", file.target.format, file.target.dtype, {}},
        silentProgress());
    file.content = readFile(file.target.folder.string() + ".untied/" +
                            std::string(weightFileOf(file.target.format)));
}

/// The same numbers, multiplied with inputs as they are instead of in 8 bits.
void leaveRoundingOut(Export &file)
{
    ExportSource copied = file.source;
    for (auto &[name, layer] : copied.weights.layers) {
        if (roundsInputs(layer.weight))
            layer.weight = Factor::dense(denseValues(layer.weight));
    }
    copied.record.weightHash = hashOf(copied.specification, copied.weights, silentProgress());
    const fs::path folder = file.target.folder.string() + ".exact";
    exportModel(copied, {folder, file.target.format, file.target.dtype, {}}, silentProgress());
    file.content = readFile(folder / std::string(weightFileOf(file.target.format)));
}

/// Where a format copies what is shared: the second copy has values of its own.
void partCopies(Export &file)
{
    const std::string bytes = file.bytes("encoder.0.ffn.up");
    const std::size_t first = file.content.find(bytes);
    std::string other = bytes;
    other[3] = static_cast<char>(other[3] ^ 1);
    test::replaceAt(file.content, bytes, other, first + 1);
}

void configWithoutTie(Export &file)
{
    const fs::path path = file.target.folder / "config.json";
    auto config = parsedJson(readFile(path));
    config["tie_word_embeddings"] = false;
    writeFile(path, config.dump());
}

const std::vector<Fault> &faults()
{
    constexpr auto f32 = DType::Float32;
    constexpr auto f16 = DType::Float16;
    const char *groups = "quantize.affine bits=8 granularity=group group=32";
    const char *tied = "share.layers";
    static constexpr auto ggufQuery = "blk.1.attn_q.weight";
    static const std::vector<Fault> all{
        {"wrong scale", packed, "", f32, scaleWeight, "query: the weight"},
        {"one scale of codes", packed, groups, f32, scaleCodes, "query: the weight"},
        {"transposed", packed, "", f32, transpose, "query: the weight"},
        {"lost tie", packed, tied, f32, untie, "shared its weight"},
        {"skipped layer", packed, "", f32, skip, "query: the weight"},
        {"missing tensor", packed, "", f32, withoutEntry(queryTensor), "query"},
        {"missing codes", packed, groups, f32, withoutEntry(queryTensor + ".codes"), "query"},
        {"renamed tensor", packed, "", f32, renamed(queryTensor), "query"},
        {"tensor too many", packed, "", f32, addEntry, "more"},
        {"wrong dtype label", packed, "", f32, labelled("I32"), "query"},
        {"exchanged layers", packed, "", f32, exchangeLayers, "query: the weight"},
        {"bias dropped", packed, "", f32, dropBias, "query: the bias"},

        {"wrong scale", dense, groups, f32, scaleWeight, "query: the weight"},
        {"transposed", dense, groups, f32, transpose, "query: the weight"},
        {"transposed halves", dense, "", f16, transposeHalves, "query: the weight"},
        {"lost tie", dense, tied, f32, partCopies, "the weight"}, // copies are all the layout has
        {"lost tie of the decoder", dense, "mlm", f32, configWithoutTie, "mlm.decoder"},
        {"skipped layer", dense, "", f32, skip, "query: the weight"},
        {"missing tensor", dense, "", f32, renamed(queryTensor), "query"},
        {"gap where a tensor was", dense, "", f32, withoutEntry(queryTensor), "query"},
        {"tensor too many", dense, "", f32, addEntry, "more"},
        {"wrong dtype label", dense, "", f32, labelled("I32"), "query"},
        {"halves called something else", dense, "", f16, labelled("BF16"), "query: the weight"},
        {"exchanged layers", dense, "", f32, exchangeLayers, "query: the weight"},
        {"bias dropped", dense, "", f32, dropBias, "query: the bias"},

        {"wrong scale", script, groups, f32, scaleWeight, "query: the weight"},
        {"transposed", script, "", f32, transpose, "query: the weight"},
        {"transposed halves", script, "", f16, transposeHalves, "query: the weight"},
        {"lost tie", script, tied, f32, untie, "shared its weight"},
        {"skipped layer", script, "", f32, skip, "query: the weight"},
        {"missing tensor", script, "", f32, renamed("encoder_1_attention_query_weight"), "query"},
        {"wrong dtype label", script, "", f16,
         [](Export &file) { test::replaceAt(file.content, "HalfStorage", "ByteStorage"); },
         "model.pt"},
        {"exchanged layers", script, "", f32, exchangeLayers, "query: the weight"},
        {"bias dropped", script, "", f32, dropBias, "query: the bias"},
        {"inputs not rounded", script, "quantize.int8", f32, leaveRoundingOut,
         "it computes logits"},
        {"inputs of halves not rounded", script, "quantize.int8", f16, leaveRoundingOut,
         "it computes logits"},

        {"wrong scale", gguf, "", f32, scaleWeight, "query: the weight"},
        {"one scale of blocks", gguf, groups, f32, scaleBlock, "query: the weight"},
        {"transposed", gguf, "", f32, transpose, "query: the weight"},
        {"transposed halves", gguf, "", f16, transposeHalves, "query: the weight"},
        // Heads over the vocabulary, the only ones with a tie, have no place in the layout.
        {"lost tie", gguf, tied, f32, partCopies, "the weight"},
        {"skipped layer", gguf, "", f32, skip, "query: the weight"},
        {"skipped layer of blocks", gguf, groups, f32, skipBlocks, "query: the weight"},
        {"missing tensor", gguf, "", f32, ggufWithoutEntry(ggufQuery, 2), ggufQuery},
        {"missing bias", gguf, "", f32, ggufWithoutEntry("blk.1.attn_q.bias", 1),
         "blk.1.attn_q.bias"},
        {"renamed tensor", gguf, "", f32, renamed(ggufQuery), ggufQuery},
        {"wrong shape", gguf, "", f32, ggufOtherShape, "blk.1.ffn_up.weight"},
        {"wrong dtype label", gguf, "", f16, ggufLabelled(ggufQuery, 30), "query: the weight"},
        {"blocks of another type", gguf, groups, f32, ggufLabelled(ggufQuery, 6),
         "query: the weight"},
        {"exchanged layers", gguf, "", f32, exchangeLayers, "query: the weight"},
        {"exchanged layers of blocks", gguf, groups, f32, exchangeBlocks, "query: the weight"},
        {"bias dropped", gguf, "", f32, dropBias, "query: the bias"},
        {"other heads", gguf, "", f32, ggufKey("bert.attention.head_count", 4), "head_count"},
        {"tokens exchanged", gguf, "", f32, swapTokens, "token 8 is"},
        {"token cut", gguf, "", f32, cutToken, "token 9 is"},
        {"another type of token", gguf, "", f32, ggufElement("token_type", 7, 3), "token_type[7]"},
        {"a score", gguf, "", f32, ggufElement("scores", 6, 1), "scores[6]"},
        {"another unknown token", gguf, "", f32, ggufKey("tokenizer.ggml.unknown_token_id", 4),
         "unknown_token_id"},
        {"another separator", gguf, "", f32, ggufKey("tokenizer.ggml.seperator_token_id", 0),
         "seperator_token_id"},
        {"a block less", gguf, "", f32, ggufKey("bert.block_count", 2), "bert.block_count"},
    };
    return all;
}

} // namespace

class TestExportFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = m_scratch.path().toStdString();
        test::writeRandomModel(m_folder / "model", {32, 2, 64, 3, 24, 1, HeadKind::Classification});
        test::writeRandomModel(m_folder / "mlm", {32, 2, 64, 3, 24, 2, HeadKind::MaskedLm});
    }

    void areFound_data()
    {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < faults().size(); ++i)
            QTest::addRow("%s: %s", std::string(nameOf(faults()[i].format)).c_str(),
                          faults()[i].name)
                << i;
    }
    void areFound()
    {
        QFETCH(std::size_t, number);
        const Fault &fault = faults().at(number);
        const ExportSource source = sourceOf(fault.recipe);
        Export file{
            source, {m_folder / fmt::format("out{}", number), fault.format, fault.dtype, {}}, {}};
        const Exported written = exportModel(source, file.target, silentProgress());
        QVERIFY(written.record.parity->passed());
        const fs::path path = file.target.folder / weightFileOf(fault.format);
        file.content = readFile(path);
        try {
            fault.plant(file);
        } catch (const std::exception &error) {
            QFAIL(error.what());
        }
        if (fault.format == script)
            test::repairChecksums(file.content);
        writeFile(path, file.content);
        QVERIFY_EXCEPTION_THROWN(
            checkedExport(source, written.record, file.target, silentProgress()), Error);
        const ExportRecord marked =
            exportRecordFromJson(parsedJson(readFile(file.target.folder / "pare.json")));
        const std::string failure = marked.parity.value().failure;
        m_caught[fault.name][fault.format] = failure;
        QVERIFY2(failure.find(fault.found) != failure.npos, failure.c_str());
        QVERIFY(readFile(file.target.folder / "README.md").find("Do not use") != std::string::npos);
        // Whoever opens the folder is told as well.
        const auto warnings =
            openCheckpoint(file.target.folder, CheckpointWeights::Ignored).warnings;
        QVERIFY(std::ranges::any_of(warnings, [&](const Message &warning) {
            return warning.text().find(failure) != std::string::npos;
        }));
    }

    /// A wrong scale, a transposed matrix, a lost tie and a skipped layer in every format; and of every
    /// fault, in what formats it was planted and by what it was found.
    void nothingIsMissing()
    {
        constexpr ExportFormat formats[]{ExportFormat::Packed, dense, script, gguf};
        for (const char *name : {"wrong scale", "transposed", "lost tie", "skipped layer"}) {
            for (const ExportFormat format : formats)
                QVERIFY2(std::ranges::any_of(faults(),
                                             [&](const Fault &fault) {
                                                 return fault.format == format &&
                                                        std::string_view(fault.name) == name;
                                             }),
                         name);
        }
        for (const auto &[name, found] : m_caught) {
            for (const auto &[format, failure] : found)
                qInfo("%s | %s | %s", name.c_str(), std::string(nameOf(format)).c_str(),
                      failure.c_str());
        }
    }

private:
    ExportSource sourceOf(std::string_view text)
    {
        ExperimentOptions options;
        options.model = m_folder / (text == "mlm" ? "mlm" : "model");
        options.threads = 1;
        Recipe recipe;
        if (!text.empty() && text != "mlm")
            recipe.steps.push_back(parsedStep(text));
        return exportSource(options, checked(recipe), {}, silentProgress());
    }

    std::map<std::string, std::map<ExportFormat, std::string>> m_caught; ///< by the fault's name
    QTemporaryDir m_scratch;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestExportFaults)
#include "tst_exportfaults.moc"

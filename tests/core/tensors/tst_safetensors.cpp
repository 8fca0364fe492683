#include "core/base/error.h"
#include "core/base/random.h"
#include "core/tensors/safetensorsfile.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <c10/util/Exception.h>
#include <cstring>
#include <fstream>
#include <malloc.h>

#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

std::string fileOf(const std::string &header, std::size_t dataBytes)
{
    std::string content(8, '\0');
    const std::uint64_t length = header.size();
    std::memcpy(content.data(), &length, 8);
    content += header;
    for (std::size_t i = 0; i < dataBytes; ++i)
        content += static_cast<char>(i * 37);
    return content;
}

const char *const goodHeader =
    R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
    R"("a":{"dtype":"F16","shape":[4],"data_offsets":[24,32]},"empty":{"dtype":"I64","shape":[0,7],)"
    R"("data_offsets":[32,32]},"scalar":{"dtype":"U8","shape":[],"data_offsets":[32,33]}}   )";
constexpr std::size_t goodData = 33;

QString errorOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// A line of /proc/self/status, in bytes: "VmRSS" now, "VmHWM" at most since resetPeak().
std::int64_t memory(const std::string &key)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key))
            return std::stoll(line.substr(key.size() + 1)) * 1024;
    return 0;
}

void resetPeak()
{
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5;
}

} // namespace

class SafetensorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheSpecificationAllows();
    void refusesBrokenFiles_data();
    void refusesBrokenFiles();
    void namesTheKindOfRefusal();
    void survivesMutations();
    void boundsMemory_data();
    void boundsMemory();
    void viewsWithoutCopyingAndKeepsTheFile();
    void copiesMisalignedTensors();
    void plansTheFileToTheByte();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void leavesNothingBehindWhenTheProviderThrows();
    void translatesTorchErrors();

private:
    std::filesystem::path write(const std::string &content, const char *name = "model.safetensors");
    QTemporaryDir m_folder;
};

std::filesystem::path SafetensorsTest::write(const std::string &content, const char *name)
{
    const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
    std::filesystem::remove(
        path); // some file systems sync a file that is truncated and written again
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

void SafetensorsTest::readsWhatTheSpecificationAllows()
{
    const SafetensorsFile file(write(fileOf(goodHeader, goodData)));
    QCOMPARE(file.tensors().size(), std::size_t(4));
    QCOMPARE(file.tensors()[0].name, std::string("b"));
    QCOMPARE(file.tensors()[1].name, std::string("a"));
    QCOMPARE(file.metadata().at("format"), std::string("pt"));
    const SafetensorsEntry *entry = file.find("b");
    QVERIFY(entry);
    QVERIFY((entry->shape == std::vector<std::int64_t>{2, 3}));
    QVERIFY(entry->dtype == DType::Float32);
    QCOMPARE(file.bytes(*entry).size(), std::size_t(24));
    QCOMPARE(static_cast<int>(file.bytes(*entry)[1]), 37);
    QVERIFY(file.find("empty")->bytes() == 0);
    QVERIFY(file.find("scalar")->shape.empty());
    QVERIFY(!file.find("c"));
    QVERIFY(!file.find(""));

    const SafetensorsFile none(write(fileOf("{}", 0), "none.safetensors"));
    QVERIFY(none.tensors().empty());
}

void SafetensorsTest::refusesBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("message");
    const auto raw = [](const char *name, const std::string &content, const char *message) {
        QTest::newRow(name) << QByteArray(content.data(), qsizetype(content.size()))
                            << QString::fromUtf8(message);
    };
    const auto header = [&raw](const char *name, const std::string &text, std::size_t data,
                               const char *message) { raw(name, fileOf(text, data), message); };
    const auto entry = [&header](const char *name, const std::string &inner, const char *message) {
        header(name, R"({"w":)" + inner + "}", 8, message);
    };

    raw("empty file", "", "at least 8 bytes, found 0");
    raw("seven bytes", "1234567", "at least 8 bytes, found 7");
    raw("length past the end", std::string("\x10\0\0\0\0\0\0\0{}", 10),
        "16 bytes long, the file holds 2");
    raw("length of 2^64-1", std::string(8, '\xff') + "{}",
        "18446744073709551615 bytes long, the file holds 2");
    raw("no header", std::string(8, '\0') + "abcd", "must begin with \"{\"");
    header("array on top", "[]", 0, "must begin with \"{\", found byte 91");
    header("space in front", " {}", 0, "must begin with \"{\", found byte 32");
    header("byte order mark", "\xef\xbb\xbf{}", 0, "must begin with \"{\"");
    header("newline as padding", "{}\n", 0, "must end with \"}\" and spaces, found byte 10");
    header("zeros as padding", std::string("{}\0\0", 4), 0, "must end with");
    header("zero inside", std::string("{}\0}", 4), 0, "the byte 0 at offset 2");
    header("text after the object", "{} {}", 0, "not valid JSON at byte");
    header("not UTF-8", "{\"\xff\xfe\":1}", 0, "the byte 255 at offset 2");
    header("surrogate", "{\"\xed\xa0\x80\":1}", 0, "offset 2");
    header("lone escape", R"({"\ud800":1})", 0, "not valid JSON");
    header("cut JSON",
           R"({"w":{"dtype":"F32","shape":[2},)"
           "}",
           0, "not valid JSON");
    header("comment", R"({/* */})", 0, "not valid JSON");
    header("single quotes", "{'w':1}", 0, "not valid JSON");
    header("tensor as number", R"({"w":1})", 0,
           "tensor w: expected an object with dtype, shape and data_offsets, found 1");
    header("tensor as null", R"({"w":null})", 0, "found null");
    header("tensor as list", R"({"w":[]})", 0, "found an array");
    header("deep nesting", "{\"w\":" + std::string(1'000'000, '[') + "}", 0, "found an array");
    header(
        "deep objects",
        [] {
            std::string text = "{\"w\":{\"shape\":";
            for (int i = 0; i < 200'000; ++i)
                text += "{\"a\":";
            return text + "}";
        }(),
        0, "shape expects whole numbers from 0 in one list, found an object");
    header("metadata as list", R"({"__metadata__":[]})", 0,
           "must map texts to texts, found an array");
    header("metadata with number", R"({"__metadata__":{"a":1}})", 0,
           "must map texts to texts, found 1");
    header("metadata with object", R"({"__metadata__":{"a":{}}})", 0,
           "must map texts to texts, found an object");
    header("metadata twice", R"({"__metadata__":{},"__metadata__":{}})", 0, "stands twice");
    header("metadata key twice", R"({"__metadata__":{"a":"b","a":"b"}})", 0,
           "__metadata__ names \"a\" twice");
    header(
        "tensor twice",
        R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
        2, "tensor w: stands twice");
    header(
        "tensor twice, escaped",
        R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0077":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
        2, "tensor w: stands twice");
    entry("key twice", R"({"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]})",
          "tensor w: dtype stands twice");
    entry("unknown key", R"({"dtype":"F32","shape":[2],"data_offsets":[0,8],"stride":[1]})",
          "found \"stride\"");
    entry("no dtype", R"({"shape":[2],"data_offsets":[0,8]})", "dtype is missing");
    entry("no shape", R"({"dtype":"F32","data_offsets":[0,8]})", "shape is missing");
    entry("no offsets", R"({"dtype":"F32","shape":[2]})", "data_offsets is missing");
    entry("dtype as number", R"({"dtype":32,"shape":[2],"data_offsets":[0,8]})",
          "dtype expects a text, found 32");
    entry("invented dtype", R"({"dtype":"F31","shape":[2],"data_offsets":[0,8]})",
          "there is no dtype \"F31\"");
    entry("dtype in lower case", R"({"dtype":"f32","shape":[2],"data_offsets":[0,8]})",
          "there is no dtype \"f32\"");
    entry("unsupported dtype", R"({"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]})",
          "the dtype F8_E4M3 cannot be read");
    entry("shape as number", R"({"dtype":"F32","shape":2,"data_offsets":[0,8]})", "shape expects");
    entry("negative size", R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})",
          "shape expects whole numbers from 0 in one list, found -2");
    entry("real size", R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})", "found 2.0");
    entry("exponent", R"({"dtype":"F32","shape":[2e0],"data_offsets":[0,8]})", "found 2e0");
    entry("size past 2^63", R"({"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]})",
          "found 9223372036854775808");
    entry("size past 2^64",
          R"({"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,8]})",
          "shape expects");
    entry("nested shape", R"({"dtype":"F32","shape":[[2]],"data_offsets":[0,8]})",
          "found an array");
    entry("text in shape", R"({"dtype":"F32","shape":["2"],"data_offsets":[0,8]})", "found a text");
    entry("product overflows",
          R"({"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,8]})",
          "shape [4294967296, 4294967296, 4] has more elements than can be counted");
    entry("overflow to the right size",
          R"({"dtype":"F32","shape":[4611686018427387905,2],"data_offsets":[0,8]})",
          "more elements");
    entry("overflow beside zero",
          R"({"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]})",
          "more elements");
    entry("bytes overflow", R"({"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,8]})",
          "more elements");
    entry("many dimensions",
          R"({"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]})",
          "more than 16 dimensions");
    entry("one offset", R"({"dtype":"F32","shape":[2],"data_offsets":[8]})",
          "two whole numbers from 0 in one list, found 1 numbers");
    entry("three offsets", R"({"dtype":"F32","shape":[2],"data_offsets":[0,8,8]})",
          "data_offsets expects");
    entry("negative offset", R"({"dtype":"F32","shape":[2],"data_offsets":[-8,0]})", "found -8");
    entry("offsets backwards", R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})",
          "data_offsets [8, 0] do not lie in the data section of 8 bytes");
    entry("offsets past the end", R"({"dtype":"F32","shape":[2],"data_offsets":[4,12]})",
          "data_offsets [4, 12] do not lie in the data section of 8 bytes");
    entry("end of 2^64-1", R"({"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]})",
          "do not lie in");
    entry("smaller than its shape", R"({"dtype":"F32","shape":[2],"data_offsets":[0,4]})",
          "shape [2] of F32 needs 8 bytes, its data_offsets hold 4");
    entry("bytes left over", R"({"dtype":"U8","shape":[7],"data_offsets":[0,7]})",
          "the tensors end at 7 of the data section, which holds 8 bytes");
    entry("hole at the start", R"({"dtype":"U8","shape":[7],"data_offsets":[1,8]})",
          "tensor w: begins at 1 of the data section, expected 0");
    header(
        "hole inside",
        R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})",
        5, "tensor b: begins at 3 of the data section, expected 2");
    header(
        "overlap",
        R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]}})",
        5, "tensor b: begins at 2 of the data section, expected 3");
    header(
        "same bytes twice",
        R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}})",
        3, "begins at 0 of the data section, expected 3");
    header("empty tensor beyond the data",
           R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}})", 4, "begins at 4");
    header("data without tensors", "{}", 4,
           "the tensors end at 0 of the data section, which holds 4 bytes");
    header(
        "data cut off",
        R"({"encoder.layer.3.output.dense.weight":{"dtype":"F32","shape":[768,3072],"data_offsets":[0,9437184]}})",
        4096,
        "model.safetensors: tensor encoder.layer.3.output.dense.weight: shape [768, 3072] needs "
        "9437184 bytes, the data section holds 4096");
}

void SafetensorsTest::refusesBrokenFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, message);
    const auto path = write(content.toStdString());
    const QString text = errorOf([&] { SafetensorsFile file(path); });
    QVERIFY2(text.contains(message), qPrintable("found: " + text.left(500)));
    QVERIFY(text.startsWith(QString::fromStdString(path.string())));
    QVERIFY(!text.contains(u'\n'));
    QVERIFY(text.size() < 1000);
}

void SafetensorsTest::namesTheKindOfRefusal()
{
    const auto kindOf = [this](const std::string &type) {
        try {
            SafetensorsFile file(write(fileOf(
                R"({"w":{"dtype":")" + type + R"(","shape":[0],"data_offsets":[0,0]}})", 0)));
        } catch (const Error &error) {
            return error.kind();
        }
        return ErrorKind::Io;
    };
    QVERIFY(kindOf("F8_E4M3") == ErrorKind::Unsupported);
    QVERIFY(kindOf("U32") == ErrorKind::Unsupported);
    QVERIFY(kindOf("nonsense") == ErrorKind::InvalidFile);
    QVERIFY_EXCEPTION_THROWN(SafetensorsFile(m_folder.filePath("absent").toStdString()), Error);
    // A name from the file must not break the one line of a message.
    const QString text =
        errorOf([this] { SafetensorsFile file(write(fileOf(R"({"a\nb\u001b[2J":1})", 0))); });
    QVERIFY2(text.contains("tensor a?b?[2J: expected"), qPrintable(text));
}

void SafetensorsTest::survivesMutations()
{
    const std::string good = fileOf(goodHeader, goodData);
    const std::string alphabet = R"({}[]",:0123456789-.eE\utfnF32U8 )";
    int opened = 0;
    int refused = 0;
    for (std::uint64_t round = 0; round < 6000; ++round) {
        Random random(7, round);
        std::string content = good;
        const std::size_t changes = 1 + random.below(4);
        for (std::size_t i = 0; i < changes && !content.empty(); ++i) {
            const std::size_t at = random.below(content.size());
            switch (random.below(5)) {
            case 0:
                content[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                content[at] = alphabet[random.below(alphabet.size())];
                break;
            case 2:
                content.erase(at, 1 + random.below(8));
                break;
            case 3:
                content.insert(at, content, random.below(content.size()), random.below(40));
                break;
            default:
                content.resize(at);
                break;
            }
        }
        // Half of the rounds get past the first 8 bytes.
        if (content.size() > 8 && random.below(2) == 0) {
            const std::size_t text =
                content.rfind('}') == std::string::npos ? 0 : content.rfind('}') + 1;
            const std::uint64_t length = text > 8 ? text - 8 : 0;
            std::memcpy(content.data(), &length, 8);
        }
        try {
            const auto file = std::make_shared<SafetensorsFile>(write(content));
            std::uint64_t sum = 0;
            for (const SafetensorsEntry &entry : file->tensors()) {
                sum += entry.bytes();
                for (const std::byte byte : bytesOf(toTensor(file, entry)))
                    sum += std::to_integer<int>(byte) * 0;
            }
            QVERIFY(sum <= content.size());
            ++opened;
        } catch (const Error &) {
            ++refused;
        }
    }
    QVERIFY(opened > 10);
    QVERIFY(refused > 1000);
}

void SafetensorsTest::boundsMemory_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("very many tensors") << 0;
    QTest::newRow("very many sizes") << 1;
    QTest::newRow("very many metadata keys") << 2;
    QTest::newRow("one long text") << 3;
    QTest::newRow("long number") << 4;
}

void SafetensorsTest::boundsMemory()
{
    QFETCH(int, kind);
    std::string text = "{";
    constexpr std::size_t length = 20'000'000;
    if (kind == 0)
        for (int i = 0; text.size() < length; ++i)
            text +=
                '"' + std::to_string(i) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},)";
    else if (kind == 1) {
        text += R"("w":{"shape":[)";
        while (text.size() < length)
            text += "0,";
    } else if (kind == 2) {
        text += R"("__metadata__":{)";
        for (int i = 0; text.size() < length; ++i)
            text += '"' + std::to_string(i) + R"(":"",)";
    } else if (kind == 3)
        text += R"("__metadata__":{"a":")" + std::string(length, 'x') + R"("})";
    else
        text += R"("w":{"shape":[)" + std::string(length, '1') + "]}";
    text += '}';
    const auto path = write(fileOf(text, 0));
    text = {};
    text.shrink_to_fit();
    resetPeak();
    const std::int64_t before = memory("VmRSS");
    QVERIFY(before > 0);
    QVERIFY(!errorOf([&] { SafetensorsFile file(path); }).isEmpty());
    const std::int64_t raised = memory("VmHWM") - before;
    QVERIFY2(raised <= std::int64_t(16'000'000 + 2 * length), qPrintable(QString::number(raised)));
}

void SafetensorsTest::viewsWithoutCopyingAndKeepsTheFile()
{
    at::Tensor tensor;
    {
        const auto path =
            write(fileOf(R"({"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}   )", 24));
        const auto file = std::make_shared<SafetensorsFile>(path);
        tensor = toTensor(file, file->tensors()[0]);
        QVERIFY(tensor.data_ptr() ==
                static_cast<const void *>(file->bytes(file->tensors()[0]).data()));
        std::filesystem::remove(path);
    }
    QVERIFY((tensor.sizes() == at::IntArrayRef{2, 3}));
    QVERIFY(tensor.scalar_type() == at::kFloat);
    const auto *bytes = static_cast<const unsigned char *>(tensor.data_ptr());
    for (int i = 0; i < 24; ++i)
        QCOMPARE(int(bytes[i]), (i * 37) % 256);
}

void SafetensorsTest::copiesMisalignedTensors()
{
    const auto path = write(fileOf(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[1,9]},)"
                                   R"("x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                                   9));
    const auto file = std::make_shared<SafetensorsFile>(path);
    const SafetensorsEntry &entry = *file->find("w");
    const at::Tensor tensor = toTensor(file, entry);
    QVERIFY(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % 4 == 0);
    QVERIFY(std::memcmp(tensor.data_ptr(), file->bytes(entry).data(), 8) == 0);
}

void SafetensorsTest::plansTheFileToTheByte()
{
    const SafetensorsLayout layout({{"z", DType::UInt8, {3}},
                                    {"b", DType::Float32, {2, 5}},
                                    {"a", DType::Float32, {}},
                                    {"e", DType::Float16, {4, 0}},
                                    {"d", DType::Float64, {1}}},
                                   {{"format", "pare \"1\""}, {"umlaut", "\u00e4"}});
    QCOMPARE(layout.header().size() % 8, std::size_t(0));
    std::vector<std::string> order;
    for (const SafetensorsEntry &entry : layout.tensors()) {
        order.push_back(entry.name);
        QCOMPARE(entry.begin % std::uint64_t(sizeOf(entry.dtype)), std::uint64_t(0));
    }
    QVERIFY((order == std::vector<std::string>{"d", "a", "b", "e", "z"}));
    const auto path = write("", "planned.safetensors");
    writeSafetensors(path, layout, [](const SafetensorsEntry &entry) {
        return at::arange(std::int64_t(entry.bytes()) / sizeOf(entry.dtype))
            .reshape(entry.shape)
            .to(scalarTypeOf(entry.dtype));
    });
    QCOMPARE(std::filesystem::file_size(path), layout.fileSize());
    const SafetensorsFile file(path);
    QVERIFY(file.tensors() == layout.tensors());
    QCOMPARE(file.metadata().at("format"), std::string("pare \"1\""));
    QCOMPARE(file.metadata().at("umlaut"), std::string("\u00e4"));
    QCOMPARE(SafetensorsLayout({}).fileSize(), std::uint64_t(16));
}

void SafetensorsTest::writesWhatItReads_data()
{
    QTest::addColumn<int>("type");
    for (int type = 0; type <= int(DType::Float64); ++type)
        QTest::newRow(std::string(nameOf(DType(type))).c_str()) << type;
}

void SafetensorsTest::writesWhatItReads()
{
    QFETCH(int, type);
    const c10::ScalarType scalar = scalarTypeOf(DType(type));
    QVERIFY(dtypeOf(scalar) == DType(type));
    const at::Tensor tensor = at::randn({5, 3}).mul(3).to(scalar);
    const auto path = write("");
    // A transposed view is written row by row as it reads.
    writeSafetensors(path, {{"w", tensor}, {"t", tensor.t()}}, {{"k", "v"}});
    const auto file = std::make_shared<SafetensorsFile>(path);
    QVERIFY(at::equal(toTensor(file, *file->find("w")), tensor));
    QVERIFY(at::equal(toTensor(file, *file->find("t")), tensor.t()));
    QVERIFY(file->find("t")->dtype == DType(type));
}

void SafetensorsTest::leavesNothingBehindWhenTheProviderThrows()
{
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "w.safetensors";
    const SafetensorsLayout layout({{"w", DType::Float32, {2}}});
    const QString text = errorOf([&] {
        writeSafetensors(path, layout, [](const SafetensorsEntry &) -> at::Tensor {
            TORCH_CHECK(false, "the provider failed");
        });
    });
    QCOMPARE(text, QString("LibTorch failed: the provider failed"));
    QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));
}

void SafetensorsTest::translatesTorchErrors()
{
    QVERIFY_EXCEPTION_THROWN(dtypeOf(c10::ScalarType::ComplexFloat), Error);
    try {
        translatingTorchErrors([] { return at::empty({std::int64_t(1) << 50}); });
        QFAIL("an allocation of a petabyte succeeded");
    } catch (const Error &error) {
        QVERIFY2(error.kind() == ErrorKind::NotEnoughMemory, error.what());
        QVERIFY2(!strchr(error.what(), '\n'), error.what());
    }
}

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "tst_safetensors.moc"

#include "core/network/kernels/tileproduct.h"

#include "core/network/kernels/kernelchoice.h"

#include <algorithm>
#include <atomic>
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace pare {

namespace {

// A tile has 16 rows of 64 bytes. A panel is two tiles wide, because a block of C of 2 x 2 tiles
// takes as many multiplications as loads, which is what the registers allow at best.
constexpr std::int64_t tileRows = 16;
constexpr std::int64_t tileDepth = 32;
constexpr std::int64_t tileValues = tileRows * tileDepth;
constexpr std::int64_t panelRows = 2 * tileRows;
constexpr std::int64_t stepValues = 2 * tileValues;

// So many steps of depth of some left panels stay in the second cache (768 kB) while right panels go by,
// each of which is used with all of them. C is written once for each stretch of depth.
constexpr std::int64_t stretchSteps = 48;
constexpr std::int64_t residentSteps = 384;
constexpr std::int64_t blockValues = panelRows * panelRows;

// Work below which a second thread has not started before the first is done.
constexpr std::int64_t smallestParallelTiles = 32;
constexpr std::int64_t smallestParallelProduct = std::int64_t{1} << 21;

std::int64_t wholes(std::int64_t count, std::int64_t size)
{
    return (count + size - 1) / size;
}

struct alignas(64) TileConfiguration
{
    std::uint8_t palette = 1;
    std::uint8_t startRow = 0;
    std::uint8_t reserved[14] = {};
    std::uint16_t rowBytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

bool processorHasTiles()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d))
        return false;
    constexpr unsigned bfloat16Tiles = 1U << 22, tiles = 1U << 24;
    if (!(d & bfloat16Tiles) || !(d & tiles) || !__get_cpuid_count(7, 1, &a, &b, &c, &d))
        return false;
    constexpr unsigned bfloat16Vectors = 1U << 5;
    return (a & bfloat16Vectors) && __builtin_cpu_supports("avx512bw");
}

/// Linux hands the registers out on request only, as their state is large.
bool systemGrantsTiles()
{
    constexpr long requestPermission = 0x1023, tileData = 18;
    return syscall(SYS_arch_prctl, requestPermission, tileData) == 0;
}

const float *rowOf(const TileSource &source, std::int64_t row)
{
    if (source.parts.size() == 1)
        return source.parts[0] + row * source.stride;
    return source.parts[static_cast<std::size_t>(row / source.rowsOfPart)] +
           row % source.rowsOfPart * source.stride;
}

#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512bw,avx512dq,avx512bf16,amx-tile,amx-bf16")

__mmask16 lanesBelow(std::int64_t count)
{
    return static_cast<__mmask16>(count >= 16 ? 0xffff : count <= 0 ? 0 : (1 << count) - 1);
}

typedef int Pairs __attribute__((vector_size(64)));

/// Both rounded, `low` first.
Pairs roundedPair(__m512 low, __m512 high)
{
    return reinterpret_cast<Pairs>(_mm512_cvtne2ps_pbh(high, low));
}

// Of each quarter of two rows (four pairs) or of two rows: the first halves or the second.
Pairs lowPairs(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}

Pairs highPairs(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15,
                                   31);
}

Pairs lowHalves(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}

Pairs highHalves(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30,
                                   31);
}

Pairs evenQuarters(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

Pairs oddQuarters(Pairs a, Pairs b)
{
    return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30,
                                   31);
}

/// Of a tile's 16 rows of 16 pairs: 4 x 4 within each quarter, then the quarters.
void transpose(Pairs (&rows)[16])
{
    Pairs x[16];
    for (int i = 0; i < 16; i += 4) {
        const Pairs a = lowPairs(rows[i], rows[i + 1]), b = highPairs(rows[i], rows[i + 1]);
        const Pairs c = lowPairs(rows[i + 2], rows[i + 3]);
        const Pairs d = highPairs(rows[i + 2], rows[i + 3]);
        x[i] = lowHalves(a, c);
        x[i + 1] = highHalves(a, c);
        x[i + 2] = lowHalves(b, d);
        x[i + 3] = highHalves(b, d);
    }
    for (int i = 0; i < 4; ++i) {
        const Pairs a = evenQuarters(x[i], x[4 + i]), b = oddQuarters(x[i], x[4 + i]);
        const Pairs c = evenQuarters(x[8 + i], x[12 + i]), d = oddQuarters(x[8 + i], x[12 + i]);
        rows[i] = evenQuarters(a, c);
        rows[4 + i] = evenQuarters(b, d);
        rows[8 + i] = oddQuarters(a, c);
        rows[12 + i] = oddQuarters(b, d);
    }
}

/// One tile whose first value is (outer, depth) of the source. Values that are stored in rows along
/// the depth are a left tile as they are; pairs of rows across it, interleaved, are a right one.
void packTile(TileSide side, const TileSource &source, std::int64_t outer, std::int64_t depth,
              std::uint16_t *to)
{
    Pairs tile[16];
    const bool along = source.depth == DepthPlace::AlongRows;
    if (along) {
        const __mmask16 low = lanesBelow(source.columns - depth);
        const __mmask16 high = lanesBelow(source.columns - depth - 16);
        const std::int64_t count = source.rows() - outer;
        for (int i = 0; i < 16; ++i) {
            if (i >= count) {
                tile[i] = Pairs{};
                continue;
            }
            const float *from = rowOf(source, outer + i) + depth;
            tile[i] = roundedPair(_mm512_maskz_loadu_ps(low, from),
                                  _mm512_maskz_loadu_ps(high, from + 16));
        }
    } else {
        const __m512i interleaved =
            _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7,
                             22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
        const __mmask16 mask = lanesBelow(source.columns - outer);
        const std::int64_t count = source.rows() - depth;
        for (int i = 0; i < 16; ++i) {
            const std::int64_t first = 2 * i, second = first + 1;
            __m512 low = _mm512_setzero_ps(), high = low;
            if (first < count)
                low = _mm512_maskz_loadu_ps(mask, rowOf(source, depth + first) + outer);
            if (second < count)
                high = _mm512_maskz_loadu_ps(mask, rowOf(source, depth + second) + outer);
            tile[i] = reinterpret_cast<Pairs>(_mm512_permutexvar_epi16(
                interleaved, reinterpret_cast<__m512i>(roundedPair(low, high))));
        }
    }
    if (along != (side == TileSide::Left))
        transpose(tile);
    for (int i = 0; i < 16; ++i)
        *reinterpret_cast<Pairs *>(to + i * tileDepth) = tile[i];
}

/// The block of C [32, 32] at `c` += the product of two panels over `steps` steps of depth.
void multiplyPanels(const std::uint16_t *left, const std::uint16_t *right, std::int64_t steps)
{
    for (std::int64_t step = 0; step < steps; ++step) {
        _tile_loadd(4, left, 64);
        _tile_loadd(6, right, 64);
        _tile_loadd(7, right + tileValues, 64);
        _tile_loadd(5, left + tileValues, 64);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        left += stepValues;
        right += stepValues;
    }
}

/// Rows `stride` values apart; 0: all of them the same.
void loadBlock(const float *c, std::int64_t stride)
{
    std::atomic_signal_fence(std::memory_order_seq_cst); // compilers move stores across these loads
    _tile_loadd(0, c, stride * 4);
    _tile_loadd(1, c + tileRows, stride * 4);
    _tile_loadd(2, c + tileRows * stride, stride * 4);
    _tile_loadd(3, c + tileRows * stride + tileRows, stride * 4);
}

void storeBlock(float *c, std::int64_t stride)
{
    _tile_stored(0, c, stride * 4);
    _tile_stored(1, c + tileRows, stride * 4);
    _tile_stored(2, c + tileRows * stride, stride * 4);
    _tile_stored(3, c + tileRows * stride + tileRows, stride * 4);
}

void clearBlock()
{
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
}

void configureTiles()
{
    // Not of this function's own: the compiler is not told that the instruction reads all of it.
    static const TileConfiguration configuration;
    _tile_loadconfig(&configuration);
}

void releaseTiles()
{
    _tile_release();
}

#pragma GCC pop_options

/// What one thread multiplies: panels [firstLeft, lastLeft) by [firstRight, lastRight).
struct PanelRange
{
    std::int64_t firstLeft = 0;
    std::int64_t lastLeft = 0;
    std::int64_t firstRight = 0;
    std::int64_t lastRight = 0;
};

class PanelMultiplier
{
public:
    PanelMultiplier(const TileProduct &product, const float *bias)
        : m_product(product)
        , m_bias(bias)
        , m_steps(wholes(product.k, tileDepth))
    {}

    void multiply(const PanelRange &range)
    {
        configureTiles();
        const std::int64_t stretches = std::max<std::int64_t>(wholes(m_steps, stretchSteps), 1);
        for (std::int64_t i = 0; i < stretches; ++i) {
            const std::int64_t begin = m_steps * i / stretches;
            const std::int64_t steps = m_steps * (i + 1) / stretches - begin;
            const std::int64_t panels = residentSteps / std::max<std::int64_t>(steps, 1);
            for (std::int64_t left = range.firstLeft; left < range.lastLeft; left += panels) {
                const std::int64_t last = std::min(left + panels, range.lastLeft);
                for (std::int64_t right = range.firstRight; right < range.lastRight; ++right)
                    column({left, last, right, right + 1}, begin, steps);
            }
        }
        releaseTiles();
    }

private:
    void column(const PanelRange &range, std::int64_t begin, std::int64_t steps)
    {
        const std::int64_t panel = m_steps * stepValues;
        const std::int64_t right = range.firstRight;
        for (std::int64_t left = range.firstLeft; left < range.lastLeft; ++left) {
            start(left, right, begin == 0);
            multiplyPanels(m_product.left + left * panel + begin * stepValues,
                           m_product.right + right * panel + begin * stepValues, steps);
            finish(left, right);
        }
    }

    struct Place
    {
        float *c = nullptr;
        std::int64_t rows = 0;
        std::int64_t columns = 0;
        bool isWhole() const { return rows == panelRows && columns == panelRows; }
    };

    Place placeOf(std::int64_t left, std::int64_t right) const
    {
        const std::int64_t row = left * panelRows, column = right * panelRows;
        return {m_product.c + row * m_product.strideC + column,
                std::min(panelRows, m_product.m - row), std::min(panelRows, m_product.n - column)};
    }

    /// The registers begin at zero, the bias or what C holds.
    void start(std::int64_t left, std::int64_t right, bool isFirst)
    {
        const bool isAdded = !isFirst || m_product.store == Store::Add;
        const float *bias = isFirst && m_bias ? m_bias + right * panelRows : nullptr;
        if (!isAdded)
            return bias ? loadBlock(bias, 0) : clearBlock();
        const Place place = placeOf(left, right);
        if (place.isWhole() && !bias)
            return loadBlock(place.c, m_product.strideC);
        std::fill_n(m_border, blockValues, 0.0F);
        for (std::int64_t i = 0; i < place.rows; ++i) {
            for (std::int64_t j = 0; j < place.columns; ++j)
                m_border[i * panelRows + j] =
                    place.c[i * m_product.strideC + j] + (bias ? bias[j] : 0.0F);
        }
        loadBlock(m_border, panelRows);
    }

    /// At the border of C through memory of its own.
    void finish(std::int64_t left, std::int64_t right)
    {
        const Place place = placeOf(left, right);
        if (place.isWhole())
            return storeBlock(place.c, m_product.strideC);
        storeBlock(m_border, panelRows);
        for (std::int64_t i = 0; i < place.rows; ++i)
            std::copy_n(m_border + i * panelRows, place.columns, place.c + i * m_product.strideC);
    }

    const TileProduct &m_product;
    const float *m_bias;
    std::int64_t m_steps;
    alignas(64) float m_border[blockValues];
};

} // namespace

bool hasTileRegisters()
{
    static const bool has = processorHasTiles() && systemGrantsTiles();
    return has;
}

std::int64_t packedTiles(std::int64_t outer, std::int64_t depth)
{
    return wholes(outer, panelRows) * wholes(depth, tileDepth) * stepValues;
}

void packTiles(TileSide side, const TileSource &source, std::uint16_t *to)
{
    const std::int64_t panels = wholes(source.outer(), panelRows);
    const std::int64_t steps = wholes(source.depths(), tileDepth);
    const int threads = panels * steps < smallestParallelTiles ? 1 : kernelThreads();
    // Whole rows of memory one after the other: along panels, or else across them.
    const bool along = source.depth == DepthPlace::AlongRows;
    const std::int64_t lines = along ? panels : steps;
    const std::int64_t others = along ? steps : panels;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (std::int64_t line = 0; line < lines; ++line) {
        for (std::int64_t other = 0; other < others; ++other) {
            const std::int64_t panel = along ? line : other;
            const std::int64_t step = along ? other : line;
            std::uint16_t *tiles = to + (panel * steps + step) * stepValues;
            packTile(side, source, panel * panelRows, step * tileDepth, tiles);
            packTile(side, source, panel * panelRows + tileRows, step * tileDepth,
                     tiles + tileValues);
        }
    }
}

void multiplyTiles(const TileProduct &product)
{
    const std::int64_t leftPanels = wholes(product.m, panelRows);
    const std::int64_t rightPanels = wholes(product.n, panelRows);
    std::vector<float> bias;
    if (product.bias) {
        bias.resize(static_cast<std::size_t>(rightPanels * panelRows));
        std::copy_n(product.bias, product.n, bias.begin());
    }
    const bool small = product.m * product.n * product.k < smallestParallelProduct;
    const int threads = small ? 1 : kernelThreads();
    const bool byLeft = leftPanels > rightPanels;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int part = 0; part < threads; ++part) {
        const auto border = [&](std::int64_t panels, int number) {
            return panels * number / threads;
        };
        PanelRange range{0, leftPanels, 0, rightPanels};
        if (byLeft) {
            range.firstLeft = border(leftPanels, part);
            range.lastLeft = border(leftPanels, part + 1);
        } else {
            range.firstRight = border(rightPanels, part);
            range.lastRight = border(rightPanels, part + 1);
        }
        PanelMultiplier(product, product.bias ? bias.data() : nullptr).multiply(range);
    }
}

} // namespace pare

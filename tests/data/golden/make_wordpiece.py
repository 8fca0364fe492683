"""Writes wordpiece_cased.json, wordpiece_uncased.json and bertwords.json beside itself.

Needs Hugging Face tokenizers (0.23.3 was used). The vocabularies are trained here, on half of the texts below, so
that the other half holds characters and words they do not know. bertwords.json holds, for blocks of 4,096 code
points, the MD5 of what cleaning and splitting make of each of them.
"""

import hashlib
import json
import os
import random

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

FOLDER = os.path.dirname(os.path.abspath(__file__))
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

PLAIN = [
    "",
    " ",
    "\t\n\r ",
    "a",
    "The quick brown fox jumps over the lazy dog.",
    "HELLO World, hElLo wOrLd!",
    "unaffable untranslatability antidisestablishmentarianism",
    "don't can't won't o'clock rock'n'roll",
    "state-of-the-art, end-to-end; e.g. i.e. etc.",
    "3.14159 1,000,000 -273.15 1e-9 0xFF 12:34:56 2024-02-29",
    "user@example.com https://example.com/a?b=c&d=e#f",
    "C:\\path\\to\\file.txt /usr/lib/x86_64-linux-gnu",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "a!b\"c#d$e%f&g'h(i)j*k+l,m-n.o/p",
    "snake_case camelCase kebab-case SCREAMING_CASE",
    "(((nested [brackets {here}])))",
    "...wait... what?!?! --- *** ===",
    "tabs\tand\nnewlines\r\nand  double   spaces",
    "   leading and trailing   ",
    "price: $5.00 €4.50 £3.20 ¥500 ₩6000 ₿0.1",
    "50% off + free shipping = 100 < 200 > 50 ^ 2 ~ 4 | or `code`",
    "x" * 99,
    "x" * 100,
    "x" * 101,
    "x" * 5000,
    "a" + "é" * 99,
    "é" * 100,
    "é" * 101,
    "e\u0301" * 60,
    "e\u0301" * 120,
    "가" * 40,
    "가나" * 60,
    "word " * 60,
    "ab" * 30 + " " + "ba" * 51,
]

SCRIPTS = [
    "대한민국의 수도는 서울입니다.",
    "나는 오늘 학교에 가서 친구를 만났다!",
    "안녕하세요? 반갑습니다~ ㅋㅋㅋ ㅠㅠ ㅎㅎ",
    "값싼 닭볶음탕과 뷁 쀍 꿿 홝",
    "한국어와 English를 섞어 쓴 문장 123개",
    "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 자모로 쓴 말",
    "\u1100\u1161\u1102\u1161 \uac00\u11a8 \u1112\u119e\u11ab",
    "ㄱㄴㄷ ㅏㅑㅓㅕ ㄳ ㄵ ㅘ ㅙ",
    "\uffa1\uffa2\uffc2 반각 자모",
    "漢字 韓國語 大韓民國",
    "我爱北京天安门，天安门上太阳升。",
    "中文English混合123文本",
    "日本語のテキストです。カタカナとひらがな。",
    "ﾊﾝｶｸ ｶﾀｶﾅ ｶﾞｷﾞ",
    "がぎぐ か\u3099き\u3099 ぱぴ は\u309a",
    "ー〜・「」『』【】〔〕々〆ヶ",
    "\u3400\u3401 \u4dbf \u9fff \uf900\uf901 \ufa6a",
    "\U00020000\U0002a6df \U0002a700\U0002b73f \U0002b740\U0002b81f",
    "\U0002b820\U0002b91f\U0002b920\U0002ceaf \U0002f800\U0002fa1d \U00030000",
    "สวัสดีครับ ยินดีต้อนรับสู่ประเทศไทย",
    "ที่นี่มีน้ำใจ กำลัง ๑๒๓ ฿๕๐ ฯลฯ",
    "ສະບາຍດີ ຂອບໃຈ ນ້ຳ",
    "မြန်မာဘာသာ ကျေးဇူးတင်ပါတယ်",
    "ភាសាខ្មែរ សួស្តី",
    "བོད་ཡིག བཀྲ་ཤིས་བདེ་ལེགས།",
    "नमस्ते दुनिया, हिन्दी में लिखा हुआ।",
    "বাংলা ভাষা ক্ষ ড় ঢ় য়",
    "ਪੰਜਾਬੀ ગુજરાતી ଓଡ଼ିଆ",
    "தமிழ் மொழி கௌ க்ஷ ஸ்ரீ",
    "తెలుగు ಕನ್ನಡ മലയാളം සිංහල",
    "مرحبا بالعالم، كيف حالك؟",
    "السَّلامُ عَلَيْكُمْ وَرَحْمَةُ اللهِ",
    "ﷺ ﷲ ﻻ ﻼ ـــ ٱلْحَمْدُ",
    "پارسی گفتگو می\u200cخواهم ۱۲۳",
    "اردو زبان ہے ٹھیک",
    "שלום עולם! מה שלומך?",
    "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
    "יידיש װאָס מאַכסטו",
    "Привет, мир! Ёлка и йод, їжак.",
    "ПРИВЕТ Ѣ Ѵ Ҁ и\u0306 е\u0308",
    "Γειά σου Κόσμε ΟΔΥΣΣΕΥΣ ΣΑΣ σας ᾳ ᾼ ᾠ",
    "ἄνθρωπος ἐν ἀρχῇ ἦν ὁ λόγος",
    "Հայերեն ԲԱՐԵՎ և եւ։",
    "ქართული ენა ᲥᲐᲠᲗᲣᲚᲘ",
    "አማርኛ ሰላም፣ ዓለም።",
    "ᏣᎳᎩ ꮳꮃꭹ ᏸ",
    "Ꭰ Ꮿ Ᏸ ꭰ ꭿ",
    "𐐀𐐁𐐨 𐒰𐓘 𞤀𞤢",
    "ⴰⵎⴰⵣⵉⵖ ߒߞߏ ꓡꓲꓢꓳ",
    "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ\u180e᠎",
]

LATIN = [
    "café naïve résumé façade jalapeño Ångström",
    "CAFÉ NAÏVE RÉSUMÉ FAÇADE JALAPEÑO ÅNGSTRÖM",
    "cafe\u0301 nai\u0308ve re\u0301sume\u0301 A\u030angstro\u0308m",
    "Zürich Straße GROSSE STRASSE ẞ ß Œuvre œ Æon æ",
    "İstanbul ISPARTA ılık IĞDIR i\u0307 I\u0307",
    "Đà Nẵng Việt Nam Nguyễn Phở Ừ ỵ Ệ",
    "Łódź źdźbło Žižek Çelebi Şişli Ő ű",
    "Ǆ ǅ ǆ Ǉ ǈ Ǌ Ǳ ǲ ǳ",
    "ﬁ ﬂ ﬀ ﬃ ﬄ ﬅ ﬆ ŉ ǰ ẖ ẗ ẘ ẙ ẚ",
    "K Å Ω ℵ ℃ ℉ № ™ ℠ ℡",
    "ℌ ℑ ℜ ℨ ℬ ℯ ⅅ ⅆ Ⅷ ⅷ Ⅽ ⅽ Ⓐ ⓐ",
    "ＦＵＬＬ　ＷＩＤＴＨ　ｔｅｘｔ　１２３！？（）",
    "ｆｕｌｌ＿ｗｉｄｔｈ，ｗｏｒｄ．",
    "x² y³ z₁ ½ ¾ ⅓ ⅞ 10⁻⁹ aⁿ",
    "ª º µ ¹ × ÷ ± ¬ ¦ § ¶ © ® ° · ¸",
    "¡Hola! ¿Qué tal? «guillemets» „quotes“ ‚single‘ ’apostrophe",
    "en–dash em—dash hy‐phen non‑breaking fig‒ure bar― minus− swung⁓",
    "ellipsis… bullet• dagger† ‡ per‰ ‱ prime′ ″ interro‽ ⁇ ⁈",
    "ʰʷʲ ˈstrɛs ˌsek ːlong ʔ ʕ ɸ θ ð ʃ ʒ ŋ",
    "𝒜𝓑𝔠𝕯 𝐛𝐨𝐥𝐝 𝟏𝟐𝟑 𝖆𝖇𝖈",
    "ᴀʙᴄ ᵃᵇᶜ ꜰᴏɴᴛ",
    "ẛ̣ ſ ƒ Ɓ Ɔ Ə ǝ ɐ",
    "Å\u0327 A\u0327\u030a A\u030a\u0327 q\u0307\u0323 q\u0323\u0307",
    "\u1e9b\u0323 \u0344 \u0340\u0341 \u0374 \u037e \u0387 \u1fef \u2126 \u212a \u212b",
]

MARKS = [
    "Z\u0351\u036b\u0343A\u0342\u0340L\u0300\u0301G\u0302O\u0303",
    "\u0301leading mark",
    "a \u0301 b\u0301 \u0301\u0301",
    "a\u20dd b\u20e3 1\ufe0f\u20e3 #\ufe0f\u20e3",
    "a\u0488b c\u0489",
    "o\u0338 =\u0338 <\u0338 ≠ ≮",
    "\u0915\u093c \u0958 \u0929 \u0928\u093c",
    "\u0dd9\u0dcf\u0dca \u0dda \u0bca \u0bc6\u0bbe \u0b94",
    "\U0001d15e\U0001d15f \U0001d157\U0001d165 \U0001d1bb",
    "\u302e\u302f a\u302f\u302e \U0001d165\u302e",
    "\U0001d16d\U0001d165 x\U0001d165\U0001d16d",
    "\u05b0\u05bc\u05c1 ש\u05c1\u05bc ש\u05bc\u05c1",
    "\u0e33 \u0eb3 \u0f71\u0f72 \u0f73 \u0f81",
    "a\u034fb c\u034f\u0308",
    "e\u0301\u200de\u0301 e\u200d\u0301",
    "\u1ab0a b\u1dc0 c\ufe20d\ufe21",
    "\u08d4x \u1df5y \U0001e000z",
]

EMOJI = [
    "😀😃😄 happy 😭",
    "👨‍👩‍👧‍👦 family 👩‍💻 coder",
    "👍🏻👍🏿 ✊🏽 skin",
    "🇰🇷🇺🇸🇹🇭 flags 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "❤️ ❤ ☺️ ☹ ✈️ ☎",
    "1️⃣2️⃣3️⃣ *️⃣ ©️ ®️ ™️",
    "word😀word 😀word word😀",
    "🏳️‍🌈🏳️‍⚧️🐻‍❄️",
    "¯\\_(ツ)_/¯ (╯°□°）╯︵ ┻━┻",
    "ヽ(´▽`)/ ʕ•ᴥ•ʔ (^_^) :-) ;-P <3",
    "♠♥♦♣ ♪♫ ★☆ ✓✗ →←↑↓ ⇒ ∀∃∈∉ ∑∏√∞",
    "█▓▒░ ┌─┐│└┘ ╔═╗ ▲▼◆●",
    "🂡🀄🎴 🧿🫠🪿🫨",
]

CONTROLS = [
    "nul\x00byte",
    "\x00\x00",
    "bell\x07back\x08esc\x1bdel\x7f",
    "vertical\x0btab form\x0cfeed",
    "c1\x80\x85\x9fcontrols",
    "unit\x1fsep record\x1esep group\x1dsep file\x1csep",
    "soft\xadhyphen zero\u200bwidth\u200cnon\u200djoin",
    "word\u2060joiner bom\ufeffmiddle",
    "\ufeffbom first",
    "lrm\u200erlm\u200f embed\u202a\u202b\u202c\u202d\u202e",
    "isolate\u2066\u2067\u2068\u2069 alm\u061c",
    "replacement\ufffdchar \ufffd",
    "nbsp\u00a0here narrow\u202fhere ideographic\u3000here",
    "en\u2002em\u2003thin\u2009hair\u200afigure\u2007punct\u2008math\u205fspace",
    "line\u2028sep para\u2029sep ogham\u1680space",
    "mongolian\u180evowel \u180bfvs \u180f",
    "private\ue000use \uf8ff \U000f0000x \U0010fffdy",
    "nonchar\ufffe\uffff \U0001fffe \U0010ffff",
    "unassigned\u0378\u0530 \U00050000 \u2fe0",
    "interlinear\ufff9anchor\ufffaseparator\ufffb object\ufffc",
    "tags\U000e0001\U000e0041\U000e007f variation\ufe00\ufe0f\U000e0100",
    "arabic\u0600\u0605\u06dd\u070f number \u0890\u08e2 \U000110bd\U000110cd",
    "shorthand\U0001bca0\U0001bca3 music\U0001d173\U0001d17a egypt\U00013430",
    "cr\ralone lf\nalone crlf\r\ntogether",
    "\u115f\u1160\u3164\uffa0 hangul fillers",
]

TAGS = [
    "[CLS]",
    "[SEP][SEP]",
    "the [MASK] sat on the [MASK].",
    "a[MASK]b x[SEP]y [CLS]z",
    "[cls] [sep] [mask] [unk] [pad]",
    "[Mask] [ MASK ] [MASK [MASK]] MASK]",
    "[[MASK]] [[CLS]] [PAD][UNK]",
    "[UNK] unknown [PAD] pad",
    "[CLS] sentence one [SEP] sentence two [SEP]",
    "café[MASK]é e[MASK]\u0301",
    "漢[MASK]字 [SEP]。",
    "[MASK]\x00[MASK]\u200b[MASK]",
    "[\u200bMASK] [MA\xadSK] [MASK\u0301]",
    "## ##ing #hash ##[MASK]##",
    "[unused1] [CLS [SEP",
    "a [MASK]  [MASK] b",
]

PUNCTUATION = [
    "a\u166db\u166ec ᙮",
    "a\u2e43b\u2e52c\u2e4fd newer punctuation",
    "a\u061db \u09fdc \u0a76d",
    "\U00010100a\U0001039fb\U00011049c \U0001e95ed",
    "\u0964\u0965 \u0df4 \u104a \u1362",
    "\u2308x\u2309 ⟨y⟩ ⦃z⦄ ⸢w⸣",
    "‿⁀⁔ ︳︴﹍﹎﹏ ＿",
    "〈x〉《y》〖z〗〘w〙〚v〛〝u〞〟",
    "﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹣﹨﹪﹫",
    "$a ^b `c ~d +e <f =g >h |i",
    "€a ¢b ¤c ¨d ¯e ´f",
    "\U000111c9x \u1c7ey \uaaf0z",
    "१।२॥३ ৳৫ ๏๚๛",
]

CASES = [
    "\u0130\u0131 I\u0307 \u0130STANBUL",
    "ǅ ᾈ ᾨ ῼ Ω \u03f4 \u2160",
    "Ա Ֆ Ⴀ Ჿ Ა Ꭰ Ᏸ",
    "\u1c89 \ua7cb \ua7cc \ua7da \ua7dc \U00010d50",
    "Ȿ Ɀ Ⱥ Ⱦ Ɐ Ɑ Ɒ Ʞ Ʝ Ɡ Ꟃ Ꞔ",
    "Ⴧ Ⴭ Ⰰ Ⱟ Ⲁ Ⲃ Ꙁ Ꚁ Ꜣ Ꝺ Ꞌ",
    "𐐀 𐲀 𑢠 𖹀 𞤀 𐕰",
    "MiXeD CaSe WoRdS ÀÉÎÕÜ àéîõü",
    "SS ß ẞ STRAẞE ŉ ŉ",
    "ϒ ϓ ϔ ϴ ϐ ϑ ϕ ϖ ϰ ϱ ϵ",
]

WORDS = ["running", "runner", "ran", "unhappiness", "re-election", "Seoul", "model", "compression", "quantized",
         "layers", "attention", "transformer", "서울에서", "모델을", "압축했다", "ภาษาไทย", "Москва", "naïveté",
         "[MASK]", "42", "3.5", "C++", "don't", "漢字", "😀"]

PAIRS = [
    ("", ""),
    ("a", ""),
    ("", "b c"),
    ("The cat sat on the mat.", "A dog lay on the rug."),
    ("대한민국의 수도는 서울입니다.", "서울은 대한민국의 수도이다."),
    ("short", "a much longer second sentence with many words in it"),
    ("a much longer first sentence with many words in it", "short"),
    ("one two three four five six", "one two three four five six"),
    ("one two three four five six seven", "one two three four five six"),
    ("[SEP] a", "b [CLS]"),
    ("x" * 200, "é" * 30),
    ("สวัสดีครับ 😀", "שלום [MASK]"),
]
LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 64]


def random_texts(count):
    """Words, marks and odd characters thrown together: what nobody would think of writing down."""
    source = random.Random(20240229)
    odd = ["\u0301", "\u0323", "\u200d", "\ufe0f", "\x00", "\x7f", "\xad", "\u00a0", "\u3000", "\ufffd", "-", "'", "[",
           "]", "#", "##", "İ", "ß", "が", "\u1161", "\u11ab", "한", "中", "\U0001f600", "\u0e33", "\u0e49", "\u05b0",
           "\u0651", "A", "É", "Σ", "ς", "\ua9c0", "\u302e"]
    texts = []
    for _ in range(count):
        text = ""
        for _ in range(source.randint(2, 14)):
            text += source.choice(WORDS) if source.random() < 0.4 else source.choice(odd)
            text += " " if source.random() < 0.35 else ""
        texts.append(text)
    return texts


TEXTS = (PLAIN + SCRIPTS + LATIN + MARKS + EMOJI + CONTROLS + TAGS + PUNCTUATION + CASES + WORDS
         + [" ".join(WORDS)] + random_texts(60))


def tokenizer(lower, strip=None, chinese=True, vocabulary=None):
    result = Tokenizer(models.WordPiece(vocab=vocabulary or {}, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=chinese, strip_accents=strip,
                                                   lowercase=lower)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    if vocabulary:
        result.add_special_tokens(SPECIAL)
        result.post_processor = processors.BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    return result


def trained_vocabulary(lower):
    learner = tokenizer(lower)
    trainer = trainers.WordPieceTrainer(vocab_size=1600, min_frequency=1, limit_alphabet=900, special_tokens=SPECIAL,
                                        show_progress=False)
    learner.train_from_iterator(TEXTS[::2] + [" ".join(WORDS)] * 5, trainer)
    return learner.get_vocab()


def case(encoding, **given):
    return {**given, "ids": encoding.ids, "types": encoding.type_ids}


def golden(lower):
    vocabulary = trained_vocabulary(lower)
    reference = tokenizer(lower, vocabulary=vocabulary)
    tables = {"vocabulary": sorted(vocabulary, key=vocabulary.get)}
    tables["single"] = [case(reference.encode(text), text=text) for text in TEXTS]
    tables["unstripped"] = [case(tokenizer(lower, not lower, False, vocabulary).encode(text), text=text)
                            for text in SCRIPTS + LATIN + MARKS + CASES]
    tables["pairs"] = []
    for length in LENGTHS:
        reference.enable_truncation(length, strategy="longest_first")
        for a, b in PAIRS:
            tables["pairs"].append(case(reference.encode(a, b), a=a, b=b, maxLength=length))
            tables["pairs"].append(case(reference.encode(a), a=a, maxLength=length))
    return tables


def words_of_every_character(lower, strip, chinese):
    reference = tokenizer(lower, strip, chinese)
    blocks = []
    for first in range(0, 0x110000, 0x1000):
        digest = hashlib.md5()
        for code in range(first, first + 0x1000):
            if 0xD800 <= code < 0xE000:
                continue
            text = reference.normalizer.normalize_str("Xa" + chr(code) + "b")
            words = [word for word, _ in reference.pre_tokenizer.pre_tokenize_str(text)]
            digest.update((" ".join(words) + "\n").encode())
        blocks.append(digest.hexdigest())
    return {"lowerCase": lower, "stripAccents": strip, "tokenizeChineseChars": chinese, "blocks": blocks}


def write(name, content):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=True, indent=0, separators=(",", ":"))
        file.write("\n")


def main():
    assert len(set(TEXTS)) >= 200, len(set(TEXTS))
    for lower, name in ((False, "cased"), (True, "uncased")):
        content = golden(lower)
        unknown = sum(row["ids"].count(1) for row in content["single"])
        print(name, len(content["vocabulary"]), "tokens,", len(content["single"]), "texts,", len(content["pairs"]),
              "truncations,", sum(len(row["ids"]) for row in content["single"]), "ids,", unknown, "of them [UNK]")
        write(f"wordpiece_{name}.json", content)
    write("bertwords.json", [words_of_every_character(True, None, True), words_of_every_character(False, None, False),
                             words_of_every_character(True, False, True)])


if __name__ == "__main__":
    main()

"""The Japanese numbering plan as tables: services, area-code lengths, short numbers (floor 0).

Sources: number services and their digit groups, 総務省 電気通信番号指定状況 (``data/number_services.csv``); area-code
lengths and valid first digits, libphonenumber's metadata for JP, compressed; short numbers, 総務省 電気通信番号計画
and the operators' own pages. ``tests/test_phone.py`` holds the tables to ``phonenumbers`` and to the CSV.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from repdb.records import Text

LINE_TYPES: dict[str, Text] = {
    "fixed": Text("固定電話", "landline"),
    "mobile": Text("携帯電話", "mobile phone"),
    "voip": Text("IP電話", "IP phone"),
    "toll_free": Text("通話料無料（着信者払い）", "toll-free"),
    "shared_cost": Text("ナビダイヤル（通話料は発信者払い）", "shared-cost (Navi Dial, the caller pays)"),
    "premium": Text("有料情報サービス", "premium rate"),
    "mass_calling": Text("テレドーム・大量着信", "mass calling"),
    "m2m": Text("データ通信専用（M2M）", "machine-to-machine data"),
    "personal": Text("060 個人番号（旧サービス）", "060 personal number (old service)"),
    "short": Text("短い番号・特番", "short or service number"),
    "sms_short_code": Text("SMS 送信元の短縮番号", "SMS short code"),
    "international": Text("国際電話", "international number"),
    "outside_plan": Text("番号計画にない表示", "outside any numbering plan"),
    "unknown": Text("不明", "unknown"),
}

Service = tuple[str, tuple[int, ...]]

# Prefix, digits that may follow it, length, line type, digit groups; all with the leading 0.
_SERVICE_ROWS: tuple[tuple[str, str, int, str, tuple[int, ...]], ...] = (
    ("050", "123456789", 11, "voip", (3, 4, 4)),
    ("060", "123456789", 11, "mobile", (3, 4, 4)),
    ("060", "0123456789", 10, "personal", (3, 3, 4)),
    ("070", "123456789", 11, "mobile", (3, 4, 4)),
    ("080", "123456789", 11, "mobile", (3, 4, 4)),
    ("080", "0", 11, "toll_free", (4, 3, 4)),
    ("090", "123456789", 11, "mobile", (3, 4, 4)),
    ("020", "0123456789", 11, "m2m", (3, 4, 4)),
    ("020", "0", 14, "m2m", (4, 5, 5)),
    ("012", "0", 10, "toll_free", (4, 3, 3)),
    ("057", "0", 10, "shared_cost", (4, 3, 3)),
    ("018", "0", 10, "mass_calling", (4, 3, 3)),
    ("099", "0", 10, "premium", (4, 3, 3)),
)

# Length → first four digits → service.
SERVICES: dict[int, dict[str, Service]] = {10: {}, 11: {}, 14: {}}
_NONE: dict[str, Service] = {}
for _prefix, _next, _length, _type, _groups in _SERVICE_ROWS:
    for _digit in _next:
        SERVICES[_length][_prefix + _digit] = (_type, _groups)

# Digits of the area code without its 0, by the longest matching prefix (also without the 0); 3 where none matches,
# 0 where no area has these digits.
_AREA_ROWS: dict[int, str] = {
    0: (
        "0 10 110 111 114 119 12 130 131 132 140 141 147 148 149 150 151 159 160 161 168 169 170 171 180 181 189 "
        "190 20 21 30 40 41 461 469 49 50 51 560 570 571 579 60 70 71 730 731 732 733 741 80 81 830 831 840 841 842 "
        "843 844 850 881 882 90 91 960 970 990"
    ),
    1: ("3 420 429 4700 4701 4709 471 6"),
    2: (
        "11 1540 1541 1548 1550 1551 1557 177 188 196 199 221 222 223 227 230 231 232 236 239 245 249 2500 2501 251 "
        "252 253 2540 2541 255 2560 2561 257 2580 2581 25917 25999 262 264 271 272 273 275 2780 2781 2788 2789 281 "
        "2830 2831 2833 2834 286 289 290 2917 292 293 298 4 4220 4221 4291 4297 4298 462 464 468 4750 4751 4759 "
        "4790 4791 4799 492 499 52 530 534 535 539 54 552 559 580 582 583 588 589 590 591 592 593 5980 5981 5989 "
        "5990 5991 5999 72 734 75 760 762 764 769 775 777 78 792 793 794 7950 7951 7955 7956 7959 7960 7961 7966 "
        "7967 821 822 8240 8241 8242 8243 8249 825 828 8290 8291 8292 82941 82942 82943 8296 8299 832 8360 8370 "
        "8371 83766 83767 83768 8377 8378 8379 8380 8381 839 83960 83961 83963 83966 849 8510 8511 860 861 862 8636 "
        "864 865 86552 86553 8660 8661 86691 86697 86698 86722 86723 86724 86726 86728 86737 86738 8680 8681 8689 "
        "8690 8691 8694 8695 8699 87 886 888 890 891 899 92 93 941 945 951 953 958 961 962 963 971 975 976 981 988 "
        "989 991 992 99331 99343 99345 99347 9940 9941 9947 9948 998 999"
    ),
    3: (
        "123 124 125 126 2232 2233 2557 2558 2572 2573 2574 2642 2643 2644 2645 2896 2897 2898 2899 2932 2933 2934 "
        "422 4282 4283 4287 4288 4289 436 438 439 46 470 475 476 478 479 480 493 494 495 53960 53961 53962 53963 "
        "53974 53977 5399 544 545 547 548 59790 59791 59797 59798 721 725 7946 7947 7948 82920 86360 86361 86366 "
        "8654 8655 8656 8657 86992 86993 875 877 879 920 930"
    ),
    4: (
        "1267 1372 1374 1377 1392 1397 1398 1456 1457 1466 1547 1558 1564 1586 1587 1632 1634 1635 1648 1654 1655 "
        "1656 1658 4992 4994 4996 4998 5769 5979 7468 8387 8388 8389 8396 8477 851 9802 9912 9913 9969"
    ),
}
_AREAS: dict[str, int] = {prefix: length for length, row in _AREA_ROWS.items() for prefix in row.split()}
_FIXED: dict[int, Service] = {n: ("fixed", (n + 1, 5 - n, 4)) for n in (1, 2, 3, 4)}


def service(digits: str) -> Service | None:
    """Line type and digit groups of a complete national number (leading 0, digits only), ``None`` if none has it."""
    if digits[:1] != "0":
        return None
    found = SERVICES.get(len(digits), _NONE).get(digits[:4])
    if found is None and len(digits) == 10:
        return _FIXED.get(_area_length(digits[1:7]))
    return found


def masked_service(digits: str) -> Service | None:
    """``service`` of a national number with hidden digits (``*``): what most of the prefixes that it may have say."""
    found = service(digits)
    head = digits[:4]
    if found is not None or "*" not in head or "*" in digits[:3]:
        return found
    fits = [kind for prefix, kind in SERVICES.get(len(digits), _NONE).items() if prefix[:3] == digits[:3]]
    return Counter(fits).most_common(1)[0][0] if fits else None


def length(digits: str) -> int:
    """How many digits a number that starts like this has."""
    return 11 if digits[:3] in ("020", "050", "060", "070", "080", "090") else 10


def fill(digits: str) -> str:
    """The digits with as many ``*`` for one ``…`` as the number lacks, empty if that cannot be told."""
    head, _, tail = digits.partition("…")
    tail = tail.lstrip("…")
    missing = length(head) - len(head) - len(tail)
    if "…" not in digits:
        return digits
    return head + "*" * missing + tail if "…" not in tail and 1 <= missing <= 8 else ""


def wrong_length(digits: str) -> str:
    """Why there is no such number: ``too_short``, ``too_long`` or ``impossible_number``."""
    if len(digits) == length(digits):
        return "impossible_number"
    return "too_short" if len(digits) < length(digits) else "too_long"


def group(digits: str, lengths: tuple[int, ...]) -> str:
    """``0312345678``, ``(2, 4, 4)`` → ``03-1234-5678``; the last length is not looked at."""
    first, second = lengths[0], lengths[0] + lengths[1]
    if len(lengths) == 2:
        return f"{digits[:first]}-{digits[first:]}"
    return f"{digits[:first]}-{digits[first:second]}-{digits[second:]}"


@lru_cache(maxsize=16384)
def _area_length(head: str) -> int:
    """Digits of the area code without its 0 (0: there is no such area) from the six digits behind the 0."""
    for end in (6, 5, 4, 3, 2, 1):
        found = _AREAS.get(head[:end])
        if found is not None:
            return found
    return 3


# 00XY numbers that the called party's carrier answers (libphonenumber's JP metadata, toll_free). They cannot be
# dialled from abroad, so they have no E.164 key.
CARRIER_FREEPHONE = re.compile(r"00777(?:[01]|5[0-9])[0-9]{2}|00(?:7778|882[1245])[0-9]{4}|00(?:37|66|78)[0-9]{6,13}")
CARRIER_GROUPS: dict[int, tuple[int, ...]] = {
    8: (4, 4), 9: (4, 2, 3), 10: (4, 3, 3), 11: (4, 3, 4), 12: (4, 4, 4), 13: (4, 4, 5),
    14: (4, 5, 5), 15: (4, 5, 6), 16: (4, 6, 6), 17: (4, 6, 7),
}  # fmt: skip

# Common short codes that SMS are sent from: 0005 for all carriers, 0002, 0006 and 0009 within one; and what SoftBank shows
# as the sender of many firms' SMS, 0032069000.
SMS_SHORT_CODE = re.compile(r"(?:000[2569][0-9]{4,6}|003206[0-9]{4})")

# What a short number may look like beyond the known ones of SHORT: # and four digits, or an SMS short code.
SHORT_SHAPE = re.compile(rf"#[2-9][0-9]{{3}}|{SMS_SHORT_CODE.pattern}")

# Prefixes that select a carrier (001, 00XY, 002YZ, 0091XY), and those for international calls only.
CARRIER_PREFIX = re.compile(
    "001|002[0-9]{2}|005345|0091(?:20|21|30|81|92)|00(?:3[1-9]|4[146]|5[1-35-7]|6[0135-7]|7[78]|8[1-48])"
)
# Toll-free numbers of North America (NANP) that no Japanese number without its zero looks like, grouped 3-3-4; 800 could
# be 0800. Support fraud shows them without the country code.
TOLL_FREE_ABROAD = re.compile(r"(?:8(?:33|44|55|66|77|88)|18(?:00|33|44|55|66|77|88))[2-9][0-9]{6}")
CALLER_ID_PREFIX = re.compile(r"1(?:84|86|22)")

SHORT: dict[str, Text] = {
    "100": Text("オペレーター経由の通話（100番通話）", "operator-assisted calls"),
    "102": Text("非常・緊急扱い通話", "priority calls in emergencies"),
    "104": Text("電話番号案内（2026年3月で終了）", "directory enquiries (ended in March 2026)"),
    "106": Text("コレクトコール", "collect calls"),
    "108": Text("自動コレクトコール", "automatic collect calls"),
    "110": Text("警察への緊急通報", "police emergency"),
    "111": Text("線路試験", "line test"),
    "112": Text("共同・相互通話", "party-line calls"),
    "113": Text("電話の故障受付", "telephone faults"),
    "114": Text("話し中調べ", "busy-line check"),
    "115": Text("電報の申込み", "telegrams"),
    "116": Text("電話の新設・移転・料金の相談", "NTT orders and enquiries"),
    "117": Text("時報", "speaking clock"),
    "118": Text("海上保安庁への緊急通報", "coast guard emergency"),
    "119": Text("消防・救急への緊急通報", "fire and ambulance emergency"),
    "122": Text("固定優先接続の解除", "carrier preselection override"),
    "131": Text("通話料分計", "split charging"),
    "134": Text("電話サービスの条件設定", "telephone service settings"),
    "135": Text("電話サービスの条件設定", "telephone service settings"),
    "136": Text("最後にかかってきた番号の案内（ナンバーアナウンス）", "last caller's number"),
    "140": Text("電話サービスの条件設定", "telephone service settings"),
    "141": Text("留守番電話", "voice mail"),
    "142": Text("着信転送", "call forwarding"),
    "143": Text("ドライブモード", "driving mode"),
    "144": Text("迷惑電話の着信拒否（迷惑電話おことわり）", "nuisance call blocking"),
    "145": Text("話し中時の対応", "call waiting"),
    "146": Text("情報の録音・再生", "recorded information"),
    "147": Text("発信者番号表示の応用サービス", "caller-ID services"),
    "148": Text("番号通知のお願い（ナンバー・リクエスト）", "anonymous call rejection"),
    "149": Text("電話サービスの条件設定", "telephone service settings"),
    "151": Text("携帯電話会社の総合案内", "mobile carrier's enquiries"),
    "154": Text("電話サービスの条件設定", "telephone service settings"),
    "157": Text("携帯電話会社の総合案内", "mobile carrier's enquiries"),
    "158": Text("電話サービスの条件設定", "telephone service settings"),
    "159": Text("電話サービスの条件設定", "telephone service settings"),
    "161": Text("情報の録音・再生", "recorded information"),
    "162": Text("情報の録音・再生", "recorded information"),
    "164": Text("端末の切替え", "handset switching"),
    "165": Text("メールの送受信", "mail"),
    "171": Text("災害用伝言ダイヤル", "disaster message line"),
    "177": Text("天気予報（2025年3月で終了）", "weather forecast (ended in March 2025)"),
    "178": Text("通話接続の付加サービス", "call-handling service"),
    "179": Text("通話接続の付加サービス", "call-handling service"),
    "181": Text("ローミング", "roaming"),
    "184": Text("番号を通知しないで発信する前置番号", "prefix that hides the caller's number"),
    "186": Text("番号を通知して発信する前置番号", "prefix that shows the caller's number"),
    "188": Text("消費者ホットライン", "consumer hotline"),
    "189": Text("児童相談所虐待対応ダイヤル", "child abuse hotline"),
    "#7111": Text("救急安心センター（地域による）", "medical advice (some areas)"),
    "#7119": Text("救急安心センター", "medical advice: should I call an ambulance?"),
    "#8000": Text("こども医療電話相談", "children's medical advice"),
    "#8008": Text("DV相談ナビ", "domestic violence advice"),
    "#8103": Text("性犯罪被害相談電話（警察）", "sexual crime advice (police)"),
    "#8891": Text("性犯罪・性暴力被害者のためのワンストップ支援センター", "sexual violence support centre"),
    "#9110": Text("警察相談専用電話", "police advice line (not urgent)"),
    "#9910": Text("道路緊急ダイヤル", "road emergency line"),
}


def short_type(digits: str) -> str:
    """The line type of a short or service number."""
    if SMS_SHORT_CODE.fullmatch(digits):
        return "sms_short_code"
    return "toll_free" if CARRIER_FREEPHONE.fullmatch(digits) else "short"


MAX_HIDDEN = 6


def hidden(key: str) -> int:
    """How many digits of the key are hidden."""
    return key.count("*")


def mask_candidates(key: str) -> tuple[str, ...]:
    """The masked keys with 1 to 6 trailing hidden digits that cover this full number, the narrowest first."""
    if not key.startswith("+") or "*" in key:
        return ()
    return tuple(key[:-count] + "*" * count for count in range(1, MAX_HIDDEN + 1))


def covers(masked_key: str, key: str) -> bool:
    """Whether the full number ``key`` is one of those that ``masked_key`` may stand for."""
    return len(masked_key) == len(key) and all(m in (k, "*") for m, k in zip(masked_key, key, strict=True))


def mask_range(masked_key: str) -> tuple[str, str] | None:
    """Lowest and highest full key of a mask whose hidden digits are all trailing, else ``None``."""
    stem = masked_key.rstrip("*")
    if stem == masked_key or "*" in stem:
        return None
    count = len(masked_key) - len(stem)
    return stem + "0" * count, stem + "9" * count

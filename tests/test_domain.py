"""Hosts, URLs and addresses in every written form; whose they are; what they imitate. All parties invented."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from repdb import bundled, domain, hostname, lookalike, urltext
from repdb.records import Unreadable

READINGS = [
    # written, key, flags
    ("example.com", "example.com", ""),
    ("WWW.Shop.Example.CO.JP", "example.co.jp", ""),
    ("https://www.shop.evil-parcel.co.jp/a?b#c", "evil-parcel.co.jp", ""),
    ("//evil-parcel.com/x", "evil-parcel.com", ""),
    ("evil-parcel.com.", "evil-parcel.com", ""),
    ("「evil-parcel.com」、", "evil-parcel.com", ""),
    ("https://evil-parcel.com/a b", "evil-parcel.com", ""),
    ("https://evil-parcel.com\\@example.jp/", "evil-parcel.com", ""),
    ("http://foo_bar.evil-parcel.com/", "evil-parcel.com", ""),
    ("evil-parcel.com:8443/x", "evil-parcel.com", "port"),
    ("http://evil-parcel.com:/x", "evil-parcel.com", ""),
    ("ftp://evil-parcel.com", "evil-parcel.com", ""),
    ("pref.shimane.jp", "pref.shimane.jp", ""),
    ("www.city.kawasaki.jp", "city.kawasaki.jp", ""),
    ("a.b.c.kawasaki.jp", "b.c.kawasaki.jp", ""),
    ("http://www.lab.parcel-u.ac.jp/~x/", "parcel-u.ac.jp", "institution"),
    ("parcel-desk.example", "parcel-desk.example", "reserved"),
    ("http.cat/404", "http.cat", ""),
    # schemes that are broken or defanged
    ("hxxp://evil-parcel.com/x", "evil-parcel.com", "defanged"),
    ("h**ps://evil-parcel.com/x", "evil-parcel.com", "defanged"),
    ("hxxps[:]//evil-parcel[.]com", "evil-parcel.com", "defanged"),
    ("http:/evil-parcel.com/x", "evil-parcel.com", "broken_scheme"),
    ("http//evil-parcel.com", "evil-parcel.com", "broken_scheme"),
    ("ttps://evil-parcel.com", "evil-parcel.com", "broken_scheme"),
    ("hhttps://evil-parcel.com", "evil-parcel.com", "broken_scheme"),
    ("https:\\\\evil-parcel.com\\x", "evil-parcel.com", "broken_scheme"),
    ("https://https://evil-parcel.com", "evil-parcel.com", "broken_scheme"),
    ("evil-parcel[.]com", "evil-parcel.com", "defanged"),
    ("evil-parcel(.)com", "evil-parcel.com", "defanged"),
    ("evil-parcel{dot}com", "evil-parcel.com", "defanged"),
    ("evil-parcel dot com", "evil-parcel.com", "defanged"),
    ("taro[at]evil-parcel[.]com", "evil-parcel.com", "defanged"),
    # widths, dots and what nobody sees
    ("ｈｔｔｐｓ：／／ｅｖｉｌ－ｐａｒｃｅｌ．ｃｏｍ／", "evil-parcel.com", ""),
    ("evil-parcel。com", "evil-parcel.com", ""),
    ("evil-parcel｡com", "evil-parcel.com", ""),
    ("\u3000https://evil-parcel.com", "evil-parcel.com", ""),
    ("http://ev\u00adil-par\u200bcel.com", "evil-parcel.com", "invisible_characters"),
    # internationalised
    ("日本語.jp", "xn--wgv71a119e.jp", "idn"),
    ("http://XN--WGV71A119E.jp/", "xn--wgv71a119e.jp", "idn punycode"),
    ("i❤.ws", "xn--i-7iq.ws", "idn"),
    ("\u0430mazing-shop.com", "xn--mazing-shop-xij.com", "idn mixed_script"),
    ("買い物.みんな", "xn--n8jt50rfrq.xn--q9jyb4c", "idn"),
    # credentials and addresses
    ("http://user:pass@evil-parcel.com/", "evil-parcel.com", "credentials"),
    ("http://yahoo%2Eco%2Ejp@my.evil-parcel.cc/", "evil-parcel.cc", "credentials"),
    ("https://evil%2Dparcel.com/", "evil-parcel.com", ""),
    ("taro@mail.evil-parcel.co.jp", "evil-parcel.co.jp", ""),
    ("Parcel Desk <no-reply@evil-parcel.cn>", "evil-parcel.cn", ""),
    ("mailto:taro@evil-parcel.cn?subject=x", "evil-parcel.cn", ""),
    ("@evil-parcel.cn", "evil-parcel.cn", ""),
    # addresses of machines
    ("http://8.8.4.4/", "8.8.4.4", "ip_host"),
    ("8.8.4.4:8080", "8.8.4.4", "ip_host port"),
    ("http://0x08080404/", "8.8.4.4", "ip_host"),
    ("http://134743044/", "8.8.4.4", "ip_host"),
    ("http://8.8.4." + "0" * 20 + "4/", "8.8.4.4", "ip_host"),
    ("http://010.0x8.1028/", "8.8.4.4", "ip_host"),
    ("http://192.168.0.1/", "192.168.0.1", "ip_host private_ip"),
    ("http://[2606:4700:4700::1111]:443/", "2606:4700:4700::1111", "ip_host port"),
    ("2606:4700:4700:0::1111", "2606:4700:4700::1111", "ip_host"),
    ("http://[::ffff:8.8.4.4]/", "8.8.4.4", "ip_host"),
    # whose host it is
    ("a.b.duckdns.org", "b.duckdns.org", "on_dynamic_dns"),
    ("duckdns.org", "duckdns.org", "dynamic_dns"),
    ("www.duckdns.org", "duckdns.org", "dynamic_dns"),
    ("x.y.wikaba.com", "y.wikaba.com", "on_dynamic_dns"),
    ("foo.workers.dev", "foo.workers.dev", "on_shared_host"),
    ("deep.foo.workers.dev", "foo.workers.dev", "on_shared_host"),
    ("foo.jimdofree.com", "foo.jimdofree.com", "on_shared_host"),
    ("www.jimdofree.com", "jimdofree.com", "shared_host"),
    ("foo.blogspot.com", "foo.blogspot.com", "on_shared_host"),
    ("https://docs.google.com/forms/d/e/1/viewform", "docs.google.com", "shared_host"),
    ("https://s3.amazonaws.com/bucket/x", "s3.amazonaws.com", "shared_host"),
    ("bucket.s3.amazonaws.com", "bucket.s3.amazonaws.com", "on_shared_host"),
    ("https://storage.googleapis.com/bucket/x", "storage.googleapis.com", "shared_host"),
    ("https://sites.google.com/view/x", "sites.google.com", "shared_host"),
    ("https://forms.gle/x", "forms.gle", "shortener"),
    ("https://bit.ly/x", "bit.ly", "shortener"),
    ("www.t.co", "t.co", "shortener"),
    ("someone@gmail.com", "gmail.com", "free_mail"),
    ("someone@i.softbank.jp", "softbank.jp", "free_mail"),
    ("someone@x.ocn.ne.jp", "ocn.ne.jp", "free_mail"),
    ("*.evil-parcel.com", "evil-parcel.com", ""),
]


@pytest.mark.parametrize(("written", "key", "flags"), READINGS)
def test_every_written_form_reads_as_the_host_that_one_party_controls(written: str, key: str, flags: str) -> None:
    found = domain.read(written)
    assert (found.key, found.flags) == (key, frozenset(flags.split()))


UNREADABLE = [
    ("", "not_a_domain"),
    ("hello", "not_a_domain"),
    ("URL", "not_a_domain"),
    ("two words.com", "not_a_domain"),
    ("-jp.com", "not_a_domain"),
    ("www.-a.co.jp", "not_a_domain"),
    ("a-.com", "not_a_domain"),
    ("a..b.com", "not_a_domain"),
    ("http://evil-parcel.com:80abc/", "not_a_domain"),
    ("http://ev!l.com", "not_a_domain"),
    ("http://a.com,b.com/", "not_a_domain"),
    ("a.com!x.evil-parcel.com", "not_a_domain"),
    ("a.com、evil-parcel.com", "not_a_domain"),
    ("https://http://", "not_a_domain"),
    ("javascript:alert(1)", "not_a_domain"),
    ("tel:050-9999-0001", "not_a_domain"),
    ("taro@localhost", "not_a_domain"),
    ("1.5", "not_a_domain"),
    ("2130706433", "not_a_domain"),
    ("http://1.2.3.4.5/", "not_a_domain"),
    ("http://256.1.1.1/", "not_a_domain"),
    ("http://1.2.3.08/", "not_a_domain"),
    ("http://evil.1/", "not_a_domain"),
    ("evil." + "0" * 22, "not_a_domain"),
    ("http://[::1::2]/", "not_a_domain"),
    ("http://\u2044.com", "not_a_domain"),
    ("http://\u3000\u2028.com", "not_a_domain"),
    ("report.pdff", "no_public_suffix"),
    ("hello.v2", "no_public_suffix"),
    ("co.jp", "public_suffix"),
    ("https://parcel.kobe.jp/", "public_suffix"),
    ("example", "not_a_domain"),
    ("*****.com", "masked_host"),
    ("http://〇〇〇.duckdns.org", "masked_host"),
    ("http://XXXXXXX.com/", "masked_host"),
    ("evil-parcel.***", "masked_host"),
    ("a" * 64 + ".com", "too_long"),
    ("http://" + "a." * 126 + "com", "too_long"),
    ("あ" * 64 + "!.com", "too_long"),
    ("あ" * 60 + ".com", "too_long"),
    (".".join(["日本語日本語日本語日本語"] * 20) + ".com", "too_long"),
    (".".join(["日本語日本語"] * 30) + ".com", "too_long"),
    ("http://" + "a" * 100_000, "too_long"),
    ("http://http://http://http://", "not_a_domain"),
]


@pytest.mark.parametrize(("written", "code"), UNREADABLE)
def test_what_cannot_be_read_says_why(written: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        domain.read(written)
    assert caught.value.code == code
    assert caught.value.text.ja
    assert caught.value.text.en


def test_an_address_is_looked_up_as_its_domain_and_its_owner_is_dropped() -> None:
    found = domain.read("Taro.Yamada@mail.evil-parcel.co.jp")
    assert found.kind == "email"
    assert found.display == "@mail.evil-parcel.co.jp"
    assert domain.read("https://taro@evil-parcel.co.jp/").kind == "domain"


def test_display_shows_letters_unless_they_deceive() -> None:
    assert domain.read("http://www.日本語.jp/").display == "www.日本語.jp"
    assert domain.read("p\u0430ypal-desk.com").display.startswith("xn--")
    assert domain.host_of("hxxp://WWW.evil-parcel[.]com/x") == "www.evil-parcel.com"


@pytest.mark.parametrize(
    "host", ["duckdns.org", "bit.ly", "t.co", "gmail.com", "docs.google.com", "10.0.0.1", "github.io"]
)
def test_a_shared_host_is_never_one_party(host: str) -> None:
    assert domain.is_shared(host)
    assert domain.facts(host)["shared"] is True


@pytest.mark.parametrize(
    "host", ["b.duckdns.org", "evil-parcel.com", "foo.github.io", "8.8.4.4", "not a key", "co.jp", ""]
)
def test_one_partys_host_is_not_shared(host: str) -> None:
    assert not domain.is_shared(host)


def test_facts_of_a_key() -> None:
    assert domain.facts("b.duckdns.org") == {
        "kind": "host",
        "suffix": "duckdns.org",
        "suffix_origin": "listed",
        "shared": False,
        "shared_kinds": [],
        "tenant_of": "duckdns.org",
        "unicode": "b.duckdns.org",
    }
    assert domain.facts("xn--wgv71a119e.jp")["unicode"] == "日本語.jp"
    assert domain.facts("evil-parcel.co.jp")["suffix"] == "co.jp"
    assert domain.facts("8.8.4.4")["kind"] == "ip"
    assert domain.facts("nonsense")["suffix"] == ""
    assert domain.facts("xn--\u3042.jp")["unicode"] == "xn--\u3042.jp"
    assert domain.flags_of("xn--mazing-shop-xij.com") == {"idn", "mixed_script"}
    assert hostname.to_unicode("xn--99999999999.jp") == "xn--99999999999.jp"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://evil-parcel.com/", "evil-parcel.com"),
        (
            "hxxps://u:p@login.evil-parcel[.]com:8443/jp/sign-in.php?mail=a@b.jp#x",
            "login.evil-parcel.com/jp/sign-in.php",
        ),
        ("http://evil-parcel.com/u/taro/yamada", "evil-parcel.com/u/…/yamada"),
        ("http://evil-parcel.com/users/taro", "evil-parcel.com/users/…"),
        ("http://evil-parcel.com/a1b2/09012345678/taro@example.jp/pay", "evil-parcel.com/…/pay"),
        ("http://evil-parcel.com/Taro/x", "evil-parcel.com/…/x"),
        ("http://evil-parcel.com/a/b/c/d/e/f", "evil-parcel.com/a/b/c/d/…"),
        ("http://evil-parcel.com/<script>", "evil-parcel.com/…"),
        ("http://[2606:4700:4700::1111]/x", "[2606:4700:4700::1111]/x"),
        ("taro@evil-parcel.com", "evil-parcel.com"),
    ],
)
def test_a_url_keeps_host_and_words_only(url: str, kept: str) -> None:
    assert domain.redact_url(url) == kept
    assert domain.redact_url(kept) == kept
    assert domain.read(domain.defang(kept)).key == domain.read(url).key


OFFICIALS = frozenset(
    "amazon.co.jp amazon.com rakuten.co.jp rakuten-card.co.jp smbc-card.com mercari.com jcb.co.jp line.me apple.com "
    "acom.co.jp ymobile.jp icloud.com orico.co.jp micard.co.jp eki-net.com cr.mufg.jp co.jp nissay.co.jp yamaha.com "
    "customs.go.jp office.com tokyo.lg.jp digital.go.jp express.dhl group.ntt booking.com thermos.jp interac.ca "
    "telegram.org joshin.co.jp blockchain.com auone.jp jalan.net mineo.jp".split()
)
IMITATIONS = [
    ("amazom.co.jp.parcel-desk.buzz", "amazon.co.jp"),
    ("www.jcb.co.jp-service.parcel-desk.com", "jcb.co.jp"),
    ("jcb-co-jp.parcel.cn", "jcb.co.jp"),
    ("arnazon.com", "amazon.co.jp"),
    ("amaz0n-desk.cn", None),
    ("amaz0n-login.cn", "amazon.co.jp"),
    ("rak-uten.xyz", "rakuten.co.jp"),
    ("ekl-net.parcel-desk.com", "eki-net.com"),
    ("mercari.parcel-desk.com", "mercari.com"),
    ("rakuten-login.com", "rakuten.co.jp"),
    ("amazonlogin.xyz", "amazon.co.jp"),
    ("loginamazon.xyz", "amazon.co.jp"),
    ("amazom.xyz", "amazon.co.jp"),
    ("amzaon.xyz", "amazon.co.jp"),
    ("xn--mazon-3ve.com", "amazon.co.jp"),
    ("xn--80ak6aa92e.com", "apple.com"),  # all of it Cyrillic
    ("аррӏе.com", "apple.com"),
    ("bооking.com", "booking.com"),
    ("eki-nеt.com", "eki-net.com"),
    ("0rico.jp", "orico.co.jp"),
    ("amazon-update.workers.dev", "amazon.co.jp"),
    ("amaozon.xyz", "amazon.co.jp"),
    ("rakuten-card-xyz.top", "rakuten-card.co.jp"),
    ("smbc-card.xyz", "smbc-card.com"),
    ("smbc-card-login.com", "smbc-card.com"),
    ("mercari.top", "mercari.com"),
    ("amaz0n.or.jp", "amazon.co.jp"),
    ("rakutan.co.jp.parcel-desk.cn", "rakuten.co.jp"),
    ("connect-auonei-jp.parcel.cn", "auone.jp"),
    ("thermos-jp.shop", "thermos.jp"),
    ("booking-com-confirm.top", "booking.com"),
    ("www.office.com.parcel-desk.net", "office.com"),
    ("telegrzm.top", "telegram.org"),
    ("yamaha-support.top", "yamaha.com"),
]
INNOCENT = [
    "amazon.co.jp",
    "www.amazon.co.jp",
    "amazon.de",
    "www.amazon.de",
    "amazonia.org",
    "mercaribou.com",
    "pineapple.com",
    "apple-orchard.jp",
    "apple.parcel-desk.com",
    "line-me-up.com",
    "online.com",
    "acorn.org",
    "a-com.tv",
    "ekanet.com",
    "mobile.jp",
    "xmobile.jp",
    "1cloud.ru",
    "macard.online",
    "bank-card.com",
    "jcbx.com",
    *"nissan.co.jp yamaya.jp yamaya.com custom.co.jp custom.com officer.com offices.com office-service.co.jp".split(),
    *"tokyo-service.co.jp tokyo-info.jp digitalservice.co.jp digital-support.jp digitalpoint.com".split(),
    *"express-service.jp group-system.co.jp booking-system.jp thermo.com interact.com telegraf.rs joshi.com".split(),
    *"blockchain-service.jp office-com.jp office.parcel-desk.com japan-net.com mine-jp.com yamaha-system.co.jp".split(),
    *"amazons.com nissan-support.com rakuen.jp".split(),
    "duckdns.org",
    "8.8.4.4",
    "co.jp",
    "not a host",
]


@pytest.mark.parametrize(("host", "official"), IMITATIONS)
def test_an_imitation_names_what_it_imitates(host: str, official: str | None) -> None:
    assert domain.lookalike(host, OFFICIALS) == official


@pytest.mark.parametrize("host", INNOCENT)
def test_an_innocent_name_imitates_nobody(host: str) -> None:
    assert domain.lookalike(host, OFFICIALS) is None


def test_skeletons() -> None:
    assert lookalike.skeleton("rnercari-pay_jp.com") == "mercari-pay-jp.com"
    assert lookalike.skeleton("xn--mazon-3ve.com") == "amazon.com"
    assert lookalike.skeleton("vvebl0g") == "weblog"


def test_the_suffix_rules_are_those_of_the_public_suffix_list() -> None:
    """Against the library's own reading of the same file: the section tells private from public, the key agrees."""
    from publicsuffixlist import PublicSuffixList

    library = PublicSuffixList(accept_unknown=False)
    rules = bundled.text("public_suffix_list.dat", "publicsuffixlist").splitlines()
    names = [rule.lstrip("!").replace("*", "star") for rule in rules if rule.strip() and not rule.startswith("//")]
    checked = 0
    for name in names:
        host = hostname.to_ascii(f"a.b.{name}", True)
        tails = domain._tails(host)
        size, _ = domain._suffix_size(domain._tails(hostname.to_unicode(host)))
        assert tails[size - 1] == library.publicsuffix(host), name
        checked += 1
    assert checked > 9_000


@pytest.mark.parametrize("kind", sorted(domain._LISTS))
def test_a_list_is_sorted_unique_and_says_where_it_comes_from(kind: str) -> None:
    text = bundled.text(domain._LISTS[kind])
    assert "# Origin: " in text
    assert "# Licence: " in text
    hosts = [line.split(" ", 1)[0].lstrip(".") for line in bundled.lines(domain._LISTS[kind])]
    assert hosts == sorted(set(hosts))
    for host in hosts:
        assert hostname.to_ascii(host, False) == host
        assert kind in domain.flags_of(domain.read(host).key), host


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        bundled.text("x", "no_such_package_of_ours")
    with pytest.raises(FileNotFoundError):
        bundled.text("no-such-file.txt")


PIECES = st.sampled_from(
    "http https hxxp : / // \\ . [.] 。 ． @ % %2e : 80 www evil-parcel com co jp 日本 xn-- xn--wgv71a119e * ○ [ ] :: 1 0x 08 255 "
    "< > 　 \u200b \u00ad dot ドット ( ) { } # ? = _ - mailto: ſ ß ı \u0307 ⒈ ℀ \ud800 \x00 duckdns.org docs.google.com".split(
        " "
    )
)
WRITTEN = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=1500, deadline=None)
@given(WRITTEN)
@example("http://[" + ":" * 300)
@example("xn--" + "9" * 59 + ".com")
def test_any_text_reads_or_is_unreadable_and_a_key_stays_itself(text: str) -> None:
    try:
        found = domain.read(text)
    except Unreadable:
        return
    assert found.key.isascii()
    assert domain.read(f"http://[{found.key}]/" if ":" in found.key else f"http://{found.key}/").key == found.key
    assert domain.flags_of(found.key) <= found.flags
    shown = domain.redact_url(text)
    assert domain.redact_url(shown) == shown
    assert domain.read(shown).key == found.key
    assert domain.lookalike(domain.host_of(text), OFFICIALS) in {*OFFICIALS, None}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_as_a_key_is_harmless(text: str) -> None:
    assert isinstance(domain.facts(text)["shared"], bool)
    assert lookalike.skeleton(lookalike.skeleton(text)) is not None
    assert urltext.visible(urltext.visible(text)) == urltext.visible(text)


def test_a_mobile_carrier_s_pages_are_its_own() -> None:
    assert all(map(domain.has_only_mail, ("docomo.ne.jp", "softbank.jp", "au.com")))
    assert not any(map(domain.has_only_mail, ("gmail.com", "asahi-net.or.jp", "example.jp")))

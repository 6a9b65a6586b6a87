// Python's text encodings: names and aliases as the `encodings` package of CPython 3.11 has them, and for the
// single-byte ones the characters of the bytes 0x80 … 0xFF, U+FFFD where the codec has none.
// Made by a script from `bytes.decode`; tests/unit/source holds samples of it against known text.
#include "grammar/source/codec.h"

namespace overt::grammar {
namespace {

constexpr Codec kCodecs[] = {
    {"ascii", "ascii", Codec::Kind::kAscii,
     "646 ansi_x3.4_1968 ansi_x3.4_1986 ansi_x3_4_1968 cp367 csascii ibm367 iso646_us iso_646.irv_1991 "
     "iso_ir_6 us us_ascii ",
     nullptr, ""},
    {"base64_codec", "base64-codec", Codec::Kind::kNotText, "base64 base_64 ", nullptr, ""},
    {"big5", "big5", Codec::Kind::kIconv, "big5_tw csbig5 x_mac_trad_chinese ", nullptr, "BIG5"},
    {"big5hkscs", "big5hkscs", Codec::Kind::kIconv, "big5_hkscs hkscs ", nullptr, "BIG5-HKSCS"},
    {"bz2_codec", "bz2-codec", Codec::Kind::kNotText, "bz2 ", nullptr, ""},
    {"charmap", "charmap", Codec::Kind::kRare, "", nullptr, ""},
    {"cp037", "cp037", Codec::Kind::kIconv,
     "037 csibm037 ebcdic_cp_ca ebcdic_cp_nl ebcdic_cp_us ebcdic_cp_wt ibm037 ibm039 ", nullptr, "CP037"},
    {"cp1006", "cp1006", Codec::Kind::kTable, "",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0۰۱۲۳۴۵۶۷۸۹،\u061B\u00AD\u061F\uFE81\uFE8D\uFE8E\uFE8E\uFE8F\uFE91\uFB56\uFB58\uFE93\uFE95"
     u"\uFE97\uFB66\uFB68\uFE99\uFE9B\uFE9D\uFE9F\uFB7A\uFB7C\uFEA1\uFEA3\uFEA5\uFEA7\uFEA9\uFB84\uFEAB"
     u"\uFEAD\uFB8C\uFEAF\uFB8A\uFEB1\uFEB3\uFEB5\uFEB7\uFEB9\uFEBB\uFEBD\uFEBF\uFEC1\uFEC5\uFEC9\uFECA"
     u"\uFECB\uFECC\uFECD\uFECE\uFECF\uFED0\uFED1\uFED3\uFED5\uFED7\uFED9\uFEDB\uFB92\uFB94\uFEDD\uFEDF"
     u"\uFEE0\uFEE1\uFEE3\uFB9E\uFEE5\uFEE7\uFE85\uFEED\uFBA6\uFBA8\uFBA9\uFBAA\uFE80\uFE89\uFE8A\uFE8B"
     u"\uFEF1\uFEF2\uFEF3\uFBB0\uFBAE\uFE7C\uFE7D",
     ""},
    {"cp1026", "cp1026", Codec::Kind::kIconv, "1026 csibm1026 ibm1026 ", nullptr, "CP1026"},
    {"cp1125", "cp1125", Codec::Kind::kTable, "1125 cp866u ibm1125 ruscii ",
     u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"рстуфхцчшщъыьэюяЁёҐґЄєІіЇї·√№¤■\u00A0",
     ""},
    {"cp1140", "cp1140", Codec::Kind::kIconv, "1140 ibm1140 ", nullptr, "CP1140"},
    {"cp1250", "cp1250", Codec::Kind::kTable, "1250 windows_1250 ",
     u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰Š‹ŚŤŽŹ\uFFFD‘’“”•–—\uFFFD™š›śťžź\u00A0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00AD®Ż°±˛ł´µ¶·¸ąş»Ľ"
     u"˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
     ""},
    {"cp1251", "cp1251", Codec::Kind::kTable, "1251 windows_1251 ",
     u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\uFFFD™љ›њќћџ\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПР"
     u"СТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
     ""},
    {"cp1252", "cp1252", Codec::Kind::kTable, "1252 windows_1252 ",
     u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼"
     u"½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
     ""},
    {"cp1253", "cp1253", Codec::Kind::kTable, "1253 windows_1253 ",
     u"€\uFFFD‚ƒ„…†‡\uFFFD‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—\uFFFD™\uFFFD›\uFFFD\uFFFD\uFFFD"
     u"\uFFFD\u00A0΅Ά£¤¥¦§¨©\uFFFD«¬\u00AD®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\uFFFDΣΤΥΦΧΨΩΪΫάέήίΰαβγδε"
     u"ζηθικλμνξοπρςστυφχψωϊϋόύώ\uFFFD",
     ""},
    {"cp1254", "cp1254", Codec::Kind::kTable, "1254 windows_1254 ",
     u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFD\uFFFDŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²"
     u"³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
     ""},
    {"cp1255", "cp1255", Codec::Kind::kTable, "1255 windows_1255 ",
     u"€\uFFFD‚ƒ„…†‡ˆ‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—˜™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD"
     u"\u00A0¡¢£₪¥¦§¨©×«¬\u00AD®¯°±²³´µ¶·¸¹÷»¼½¾¿\u05B0\u05B1\u05B2\u05B3\u05B4\u05B5\u05B6\u05B7\u05B8"
     u"\u05B9\uFFFD\u05BB\u05BC\u05BD\u05BE\u05BF\u05C0\u05C1\u05C2\u05C3\u05F0\u05F1\u05F2\u05F3\u05F4"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8"
     u"\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7\u05E8"
     u"\u05E9\u05EA\uFFFD\uFFFD\u200E\u200F\uFFFD",
     ""},
    {"cp1256", "cp1256", Codec::Kind::kTable, "1256 windows_1256 ",
     u"€\u067E‚ƒ„…†‡ˆ‰\u0679‹Œ\u0686\u0698\u0688\u06AF‘’“”•–—\u06A9™\u0691›œ\u200C\u200D\u06BA\u00A0،¢£"
     u"¤¥¦§¨©\u06BE«¬\u00AD®¯°±²³´µ¶·¸¹\u061B»¼½¾\u061F\u06C1\u0621\u0622\u0623\u0624\u0625\u0626\u0627"
     u"\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635\u0636×"
     u"\u0637\u0638\u0639\u063A\u0640\u0641\u0642\u0643à\u0644â\u0645\u0646\u0647\u0648çèéêë\u0649"
     u"\u064Aîï\u064B\u064C\u064D\u064Eô\u064F\u0650÷\u0651ù\u0652ûü\u200E\u200F\u06D2",
     ""},
    {"cp1257", "cp1257", Codec::Kind::kTable, "1257 windows_1257 ",
     u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰\uFFFD‹\uFFFD¨ˇ¸\uFFFD‘’“”•–—\uFFFD™\uFFFD›\uFFFD¯˛\uFFFD\u00A0\uFFFD¢£"
     u"¤\uFFFD¦§Ø©Ŗ«¬\u00AD®Æ°±²³´µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųł"
     u"śūüżž˙",
     ""},
    {"cp1258", "cp1258", Codec::Kind::kTable, "1258 windows_1258 ",
     u"€\uFFFD‚ƒ„…†‡ˆ‰\uFFFD‹Œ\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—˜™\uFFFD›œ\uFFFD\uFFFDŸ\u00A0¡¢£¤¥¦§¨©ª«¬"
     u"\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ßàáâăäåæçèéêë\u0301íîïđñ"
     u"\u0323óôơö÷øùúûüư₫ÿ",
     ""},
    {"cp273", "cp273", Codec::Kind::kIconv, "273 csibm273 ibm273 ", nullptr, "CP273"},
    {"cp424", "cp424", Codec::Kind::kIconv, "424 csibm424 ebcdic_cp_he ibm424 ", nullptr, "CP424"},
    {"cp437", "cp437", Codec::Kind::kTable, "437 cspc8codepage437 ibm437 ",
     u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp500", "cp500", Codec::Kind::kIconv, "500 csibm500 ebcdic_cp_be ebcdic_cp_ch ibm500 ", nullptr, "CP500"},
    {"cp720", "cp720", Codec::Kind::kTable, "",
     u"\u0080\u0081éâ\u0084à\u0086çêëèïî\u008D\u008E\u008F\u0090\u0651\u0652ô¤\u0640ûù\u0621\u0622"
     u"\u0623\u0624£\u0625\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631"
     u"\u0632\u0633\u0634\u0635«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\u0636\u0637\u0638"
     u"\u0639\u063A\u0641µ\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064A≡\u064B\u064C\u064D"
     u"\u064E\u064F\u0650≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp737", "cp737", Codec::Kind::kTable, "",
     u"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp775", "cp775", Codec::Kind::kTable, "775 cspc775baltic ibm775 ",
     u"ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»░▒▓│┤ĄČĘĖ╣║╗╝ĮŠ┐└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀"
     u"ÓßŌŃõÕµńĶķĻļņĒŅ’\u00AD±“¾¶§÷„°∙·¹³²■\u00A0",
     ""},
    {"cp850", "cp850", Codec::Kind::kTable, "850 cspc850multilingual ibm850 ",
     u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
     u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0",
     ""},
    {"cp852", "cp852", Codec::Kind::kTable, "852 cspcp852 ibm852 ",
     u"ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀"
     u"ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0",
     ""},
    {"cp855", "cp855", Codec::Kind::kTable, "855 csibm855 ibm855 ",
     u"ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀"
     u"ЯрРсСтТуУжЖвВьЬ№\u00ADыЫзЗшШэЭщЩчЧ§■\u00A0",
     ""},
    {"cp856", "cp856", Codec::Kind::kTable, "",
     u"\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF"
     u"\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7\u05E8\u05E9\u05EA\uFFFD£\uFFFD×\uFFFD\uFFFD"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD®¬½¼\uFFFD«»░▒▓│┤\uFFFD\uFFFD\uFFFD©╣║╗╝¢¥┐└┴┬├─"
     u"┼\uFFFD\uFFFD╚╔╩╦╠═╬¤\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD┘┌█▄¦\uFFFD▀\uFFFD"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDµ\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD¯´\u00AD±‗¾¶§÷¸°¨·¹³²■"
     u"\u00A0",
     ""},
    {"cp857", "cp857", Codec::Kind::kTable, "857 csibm857 ibm857 ",
     u"ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\uFFFDÍÎÏ┘┌"
     u"█▄¦Ì▀ÓßÔÒõÕµ\uFFFD×ÚÛÙìÿ¯´\u00AD±\uFFFD¾¶§÷¸°¨·¹³²■\u00A0",
     ""},
    {"cp858", "cp858", Codec::Kind::kTable, "858 csibm858 ibm858 ",
     u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀"
     u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0",
     ""},
    {"cp860", "cp860", Codec::Kind::kTable, "860 csibm860 ibm860 ",
     u"ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp861", "cp861", Codec::Kind::kTable, "861 cp_is csibm861 ibm861 ",
     u"ÇüéâäàåçêëèÐðÞÄÅÉæÆôöþûÝýÖÜø£Ø₧ƒáíóúÁÍÓÚ¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp862", "cp862", Codec::Kind::kTable, "862 cspc862latinhebrew ibm862 ",
     u"\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF"
     u"\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7\u05E8\u05E9\u05EA¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕"
     u"╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp863", "cp863", Codec::Kind::kTable, "863 csibm863 ibm863 ",
     u"ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp864", "cp864", Codec::Kind::kIconv, "864 csibm864 ibm864 ", nullptr, "CP864"},
    {"cp865", "cp865", Codec::Kind::kTable, "865 csibm865 ibm865 ",
     u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0",
     ""},
    {"cp866", "cp866", Codec::Kind::kTable, "866 csibm866 ibm866 ",
     u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     u"рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00A0",
     ""},
    {"cp869", "cp869", Codec::Kind::kTable, "869 cp_gr csibm869 ibm869 ",
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDΆ\uFFFD·¬¦‘’Έ―ΉΊΪΌ\uFFFD\uFFFDΎΫ©Ώ²³ά£έήίϊΐόύΑΒΓΔΕΖΗ½ΘΙ«»░▒▓"
     u"│┤ΚΛΜΝ╣║╗╝ΞΟ┐└┴┬├─┼ΠΡ╚╔╩╦╠═╬ΣΤΥΦΧΨΩαβγ┘┌█▄δε▀ζηθικλμνξοπρσςτ΄\u00AD±υφχ§ψ΅°¨ωϋΰώ■\u00A0",
     ""},
    {"cp874", "cp874", Codec::Kind::kTable, "",
     u"€\uFFFD\uFFFD\uFFFD\uFFFD…\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‘’“”"
     u"•–—\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦว"
     u"ศษสหฬอฮฯะ\u0E31าำ\u0E34\u0E35\u0E36\u0E37\u0E38\u0E39\u0E3A\uFFFD\uFFFD\uFFFD\uFFFD฿เแโใไๅๆ"
     u"\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E4D\u0E4E๏๐๑๒๓๔๕๖๗๘๙๚๛\uFFFD\uFFFD\uFFFD\uFFFD",
     ""},
    {"cp875", "cp875", Codec::Kind::kIconv, "", nullptr, "CP875"},
    {"cp932", "cp932", Codec::Kind::kIconv, "932 ms932 ms_kanji mskanji ", nullptr, "CP932"},
    {"cp949", "cp949", Codec::Kind::kIconv, "949 ms949 uhc ", nullptr, "CP949"},
    {"cp950", "cp950", Codec::Kind::kIconv, "950 ms950 ", nullptr, "CP950"},
    {"euc_jis_2004", "euc_jis_2004", Codec::Kind::kIconv, "euc_jis2004 eucjis2004 jisx0213 ", nullptr, "EUC-JISX0213"},
    {"euc_jisx0213", "euc_jisx0213", Codec::Kind::kIconv, "eucjisx0213 ", nullptr, "EUC-JISX0213"},
    {"euc_jp", "euc_jp", Codec::Kind::kIconv, "eucjp u_jis ujis ", nullptr, "EUC-JP"},
    {"euc_kr", "euc_kr", Codec::Kind::kIconv,
     "euckr korean ks_c_5601 ks_c_5601_1987 ks_x_1001 ksc5601 ksx1001 x_mac_korean ", nullptr, "EUC-KR"},
    {"gb18030", "gb18030", Codec::Kind::kIconv, "gb18030_2000 ", nullptr, "GB18030"},
    {"gb2312", "gb2312", Codec::Kind::kIconv,
     "chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312_1980 gb2312_80 iso_ir_58 "
     "x_mac_simp_chinese ",
     nullptr, "GB2312"},
    {"gbk", "gbk", Codec::Kind::kIconv, "936 cp936 ms936 ", nullptr, "GBK"},
    {"hex_codec", "hex-codec", Codec::Kind::kNotText, "hex ", nullptr, ""},
    {"hp_roman8", "hp-roman8", Codec::Kind::kTable, "cp1051 csHPRoman8 ibm1051 r8 roman8 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0ÀÂÈÊËÎÏ´ˋˆ¨˜ÙÛ₤¯Ýý°ÇçÑñ¡¿¤£¥§ƒ¢âêôûáéóúàèòùäëöüÅîØÆåíøæÄìÖÜÉïßÔÁÃãÐðÍÌÓÒÕõŠšÚŸÿÞþ·µ¶¾—¼½ªº"
     u"«■»±\uFFFD",
     ""},
    {"hz", "hz", Codec::Kind::kRare, "hz_gb hz_gb_2312 hzgb ", nullptr, ""},
    {"idna", "idna", Codec::Kind::kRare, "", nullptr, ""},
    {"iso2022_jp", "iso2022_jp", Codec::Kind::kIconv, "csiso2022jp iso2022jp iso_2022_jp ", nullptr, "ISO-2022-JP"},
    {"iso2022_jp_1", "iso2022-jp-1", Codec::Kind::kRare, "iso2022jp_1 iso_2022_jp_1 ", nullptr, ""},
    {"iso2022_jp_2", "iso2022_jp_2", Codec::Kind::kIconv, "iso2022jp_2 iso_2022_jp_2 ", nullptr, "ISO-2022-JP-2"},
    {"iso2022_jp_2004", "iso2022-jp-2004", Codec::Kind::kRare, "iso2022jp_2004 iso_2022_jp_2004 ", nullptr, ""},
    {"iso2022_jp_3", "iso2022_jp_3", Codec::Kind::kIconv, "iso2022jp_3 iso_2022_jp_3 ", nullptr, "ISO-2022-JP-3"},
    {"iso2022_jp_ext", "iso2022-jp-ext", Codec::Kind::kRare, "iso2022jp_ext iso_2022_jp_ext ", nullptr, ""},
    {"iso2022_kr", "iso2022_kr", Codec::Kind::kIconv, "csiso2022kr iso2022kr iso_2022_kr ", nullptr, "ISO-2022-KR"},
    {"iso8859_10", "iso8859-10", Codec::Kind::kTable, "csisolatin6 iso_8859_10 iso_8859_10_1992 iso_ir_157 l6 latin6 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõ"
     u"öũøųúûüýþĸ",
     ""},
    {"iso8859_11", "iso8859-11", Codec::Kind::kTable, "iso_8859_11 iso_8859_11_2001 thai ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u0E31าำ\u0E34\u0E35\u0E36\u0E37\u0E38"
     u"\u0E39\u0E3A\uFFFD\uFFFD\uFFFD\uFFFD฿เแโใไๅๆ\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E4D\u0E4E๏๐๑๒"
     u"๓๔๕๖๗๘๙๚๛\uFFFD\uFFFD\uFFFD\uFFFD",
     ""},
    {"iso8859_13", "iso8859-13", Codec::Kind::kTable, "iso_8859_13 l7 latin7 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0”¢£¤„¦§Ø©Ŗ«¬\u00AD®Æ°±²³“µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõ"
     u"ö÷ųłśūüżž’",
     ""},
    {"iso8859_14", "iso8859-14", Codec::Kind::kTable, "iso_8859_14 iso_8859_14_1998 iso_celtic iso_ir_199 l8 latin8 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõ"
     u"öṫøùúûüýŷÿ",
     ""},
    {"iso8859_15", "iso8859-15", Codec::Kind::kTable, "iso_8859_15 l9 latin9 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0¡¢£€¥Š§š©ª«¬\u00AD®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõ"
     u"ö÷øùúûüýþÿ",
     ""},
    {"iso8859_16", "iso8859-16", Codec::Kind::kTable, "iso_8859_16 iso_8859_16_2001 iso_ir_226 l10 latin10 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôő"
     u"öśűùúûüęțÿ",
     ""},
    {"iso8859_2", "iso8859-2", Codec::Kind::kTable, "csisolatin2 iso_8859_2 iso_8859_2_1987 iso_ir_101 l2 latin2 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00ADŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôő"
     u"ö÷řůúűüýţ˙",
     ""},
    {"iso8859_3", "iso8859-3", Codec::Kind::kTable, "csisolatin3 iso_8859_3 iso_8859_3_1988 iso_ir_109 l3 latin3 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0Ħ˘£¤\uFFFDĤ§¨İŞĞĴ\u00AD\uFFFDŻ°ħ²³´µĥ·¸ışğĵ½\uFFFDżÀÁÂ\uFFFDÄĊĈÇÈÉÊËÌÍÎÏ\uFFFDÑÒÓÔĠÖ×ĜÙÚÛÜ"
     u"ŬŜßàáâ\uFFFDäċĉçèéêëìíîï\uFFFDñòóôġö÷ĝùúûüŭŝ˙",
     ""},
    {"iso8859_4", "iso8859-4", Codec::Kind::kTable, "csisolatin4 iso_8859_4 iso_8859_4_1988 iso_ir_110 l4 latin4 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\u00ADŽ¯°ą˛ŗ´ĩļˇ¸šēģŧŊžŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪßāáâãäåæįčéęëėíîīđņōķôõ"
     u"ö÷øųúûüũū˙",
     ""},
    {"iso8859_5", "iso8859-5", Codec::Kind::kTable,
     "csisolatincyrillic cyrillic iso_8859_5 iso_8859_5_1988 iso_ir_144 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0ЁЂЃЄЅІЇЈЉЊЋЌ\u00ADЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕ"
     u"іїјљњћќ§ўџ",
     ""},
    {"iso8859_6", "iso8859-6", Codec::Kind::kTable,
     "arabic asmo_708 csisolatinarabic ecma_114 iso_8859_6 iso_8859_6_1987 iso_ir_127 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0\uFFFD\uFFFD\uFFFD¤\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD،\u00AD\uFFFD\uFFFD\uFFFD"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u061B\uFFFD\uFFFD\uFFFD\u061F\uFFFD"
     u"\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630"
     u"\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063A\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u0640"
     u"\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064A\u064B\u064C\u064D\u064E\u064F\u0650"
     u"\u0651\u0652\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD",
     ""},
    {"iso8859_7", "iso8859-7", Codec::Kind::kTable,
     "csisolatingreek ecma_118 elot_928 greek greek8 iso_8859_7 iso_8859_7_1987 iso_ir_126 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0‘’£€₯¦§¨©ͺ«¬\u00AD\uFFFD―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\uFFFDΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλ"
     u"μνξοπρςστυφχψωϊϋόύώ\uFFFD",
     ""},
    {"iso8859_8", "iso8859-8", Codec::Kind::kTable, "csisolatinhebrew hebrew iso_8859_8 iso_8859_8_1988 iso_ir_138 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0\uFFFD¢£¤¥¦§¨©×«¬\u00AD®¯°±²³´µ¶·¸¹÷»¼½¾\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
     u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‗\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6"
     u"\u05D7\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6"
     u"\u05E7\u05E8\u05E9\u05EA\uFFFD\uFFFD\u200E\u200F\uFFFD",
     ""},
    {"iso8859_9", "iso8859-9", Codec::Kind::kTable, "csisolatin5 iso_8859_9 iso_8859_9_1989 iso_ir_148 l5 latin5 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõ"
     u"ö÷øùúûüışÿ",
     ""},
    {"johab", "johab", Codec::Kind::kIconv, "cp1361 ms1361 ", nullptr, "JOHAB"},
    {"koi8_r", "koi8-r", Codec::Kind::kTable, "cskoi8r ",
     u"─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00A0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстужвьыз"
     u"шэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
     ""},
    {"koi8_t", "koi8-t", Codec::Kind::kTable, "",
     u"қғ‚Ғ„…†‡\uFFFD‰ҳ‹ҲҷҶ\uFFFDҚ‘’“”•–—\uFFFD™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDӯӮё¤ӣ¦§\uFFFD"
     u"\uFFFD\uFFFD«¬\u00AD®\uFFFD°±²Ё\uFFFDӢ¶·\uFFFD№\uFFFD»\uFFFD\uFFFD\uFFFD©юабцдефгхийклмнопярстуж"
     u"вьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
     ""},
    {"koi8_u", "koi8-u", Codec::Kind::kTable, "",
     u"─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00A0⌡°²·÷═║╒ёє╔ії╗╘╙╚╛ґ╝╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪Ґ╬©юабцдефгхийклмнопярстужвьыз"
     u"шэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
     ""},
    {"kz1048", "kz1048", Codec::Kind::kTable, "kz_1048 rk1048 strk1048_2002 ",
     u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\uFFFD™љ›њқһџ\u00A0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00AD®Ү°±Ііөµ¶·ё№ғ»әҢңүАБВГДЕЖЗИЙКЛМНОПР"
     u"СТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
     ""},
    {"latin_1", "latin-1", Codec::Kind::kLatin1,
     "8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin "
     "latin1 iso8859_1 ",
     nullptr, ""},
    {"mac_arabic", "mac-arabic", Codec::Kind::kTable, "",
     u"Ä\u00A0ÇÉÑÖÜáàâä\u06BA«çéèêëí…îïñó»ôö÷úùûü\u0020\u0021\u0022\u0023\u0024٪\u0026\u0027\u0028"
     u"\u0029\u002A\u002B،\u002D\u002E\u002F\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"
     u"\u0669\u003A\u061B\u003C\u003D\u003E\u061F❊\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628"
     u"\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638"
     u"\u0639\u063A\u005B\u005C\u005D\u005E\u005F\u0640\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648"
     u"\u0649\u064A\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u067E\u0679\u0686\u06D5\u06A4\u06AF"
     u"\u0688\u0691\u007B\u007C\u007D\u0698\u06D2",
     ""},
    {"mac_croatian", "mac-croatian", Codec::Kind::kTable, "",
     u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®Š™´¨≠ŽØ∞±≤≥∆µ∂∑∏š∫ªºΩžø¿¡¬√ƒ≈Ć«Č…\u00A0ÀÃÕŒœĐ—“”‘’÷◊"
     u"\uF8FF©⁄€‹›Æ»–·‚„‰ÂćÁčÈÍÎÏÌÓÔđÒÚÛÙıˆ˜¯πË˚¸Êæˇ",
     ""},
    {"mac_cyrillic", "mac-cyrillic", Codec::Kind::kTable, "maccyrillic ",
     u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ†°Ґ£§•¶І®©™Ђђ≠Ѓѓ∞±≤≥іµґЈЄєЇїЉљЊњјЅ¬√ƒ≈∆«»…\u00A0ЋћЌќѕ–—“”‘’÷„ЎўЏ"
     u"џ№Ёёяабвгдежзийклмнопрстуфхцчшщъыьэю€",
     ""},
    {"mac_farsi", "mac-farsi", Codec::Kind::kTable, "",
     u"Ä\u00A0ÇÉÑÖÜáàâä\u06BA«çéèêëí…îïñó»ôö÷úùûü\u0020\u0021\u0022\u0023\u0024٪\u0026\u0027\u0028"
     u"\u0029\u002A\u002B،\u002D\u002E\u002F۰۱۲۳۴۵۶۷۸۹\u003A\u061B\u003C\u003D\u003E\u061F❊\u0621\u0622"
     u"\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631\u0632"
     u"\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063A\u005B\u005C\u005D\u005E\u005F\u0640\u0641\u0642"
     u"\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064A\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652"
     u"\u067E\u0679\u0686\u06D5\u06A4\u06AF\u0688\u0691\u007B\u007C\u007D\u0698\u06D2",
     ""},
    {"mac_greek", "mac-greek", Codec::Kind::kTable, "macgreek ",
     u"Ä¹²É³ÖÜ΅àâä΄¨çéèêë£™îï•½‰ôö¦€ùûü†ΓΔΘΛΞΠß®©ΣΪ§≠°·Α±≤≥¥ΒΕΖΗΙΚΜΦΫΨΩάΝ¬ΟΡ≈Τ«»…\u00A0ΥΧΆΈœ–―“”‘’÷ΉΊΌΎ"
     u"έήίόΏύαβψδεφγηιξκλμνοπώρστθωςχυζϊϋΐΰ\u00AD",
     ""},
    {"mac_iceland", "mac-iceland", Codec::Kind::kTable, "maciceland ",
     u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûüÝ°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄"
     u"€ÐðÞþý·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
     ""},
    {"mac_latin2", "mac-latin2", Codec::Kind::kTable, "mac_centeuro maccentraleurope maclatin2 ",
     u"ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u00A0ňŐÕőŌ–—“”‘’÷◊ōŔŕ"
     u"Ř‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ",
     ""},
    {"mac_roman", "mac-roman", Codec::Kind::kTable, "macintosh macroman ",
     u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄"
     u"€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
     ""},
    {"mac_romanian", "mac-romanian", Codec::Kind::kTable, "",
     u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ĂȘ∞±≤≥¥µ∂∑∏π∫ªºΩăș¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄"
     u"€‹›Țț‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
     ""},
    {"mac_turkish", "mac-turkish", Codec::Kind::kTable, "macturkish ",
     u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸĞ"
     u"ğİıŞş‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙ\uF8A0ˆ˜¯˘˙˚¸˝˛ˇ",
     ""},
    {"palmos", "palmos", Codec::Kind::kTable, "",
     u"€\u0081‚ƒ„…†‡ˆ‰Š‹Œ♦♣♥♠‘’“”•–—˜™š\u009Bœ\u009D\u009EŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁ"
     u"ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
     ""},
    {"ptcp154", "ptcp154", Codec::Kind::kTable, "cp154 csptcp154 cyrillic_asian pt154 ",
     u"ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ\u00A0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪ"
     u"ЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
     ""},
    {"punycode", "punycode", Codec::Kind::kRare, "", nullptr, ""},
    {"quopri_codec", "quopri-codec", Codec::Kind::kNotText, "quopri quoted_printable quotedprintable ", nullptr, ""},
    {"raw_unicode_escape", "raw-unicode-escape", Codec::Kind::kRare, "", nullptr, ""},
    {"rot_13", "rot-13", Codec::Kind::kNotText, "rot13 ", nullptr, ""},
    {"shift_jis", "shift_jis", Codec::Kind::kIconv, "csshiftjis s_jis shiftjis sjis x_mac_japanese ", nullptr,
     "SHIFT_JIS"},
    {"shift_jis_2004", "shift_jis_2004", Codec::Kind::kIconv, "s_jis_2004 shiftjis2004 sjis_2004 ", nullptr,
     "SHIFT_JISX0213"},
    {"shift_jisx0213", "shift_jisx0213", Codec::Kind::kIconv, "s_jisx0213 shiftjisx0213 sjisx0213 ", nullptr,
     "SHIFT_JISX0213"},
    {"tis_620", "tis-620", Codec::Kind::kTable, "iso_ir_166 tis620 tis_620_0 tis_620_2529_0 tis_620_2529_1 ",
     u"\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F"
     u"\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F"
     u"\uFFFDกขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u0E31าำ\u0E34\u0E35\u0E36\u0E37\u0E38"
     u"\u0E39\u0E3A\uFFFD\uFFFD\uFFFD\uFFFD฿เแโใไๅๆ\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E4D\u0E4E๏๐๑๒"
     u"๓๔๕๖๗๘๙๚๛\uFFFD\uFFFD\uFFFD\uFFFD",
     ""},
    {"undefined", "undefined", Codec::Kind::kRare, "", nullptr, ""},
    {"unicode_escape", "unicode-escape", Codec::Kind::kRare, "", nullptr, ""},
    {"utf_16", "utf-16", Codec::Kind::kWide, "u16 utf16 ", nullptr, ""},
    {"utf_16_be", "utf-16-be", Codec::Kind::kWide, "unicodebigunmarked utf_16be ", nullptr, ""},
    {"utf_16_le", "utf-16-le", Codec::Kind::kWide, "unicodelittleunmarked utf_16le ", nullptr, ""},
    {"utf_32", "utf-32", Codec::Kind::kWide, "u32 utf32 ", nullptr, ""},
    {"utf_32_be", "utf-32-be", Codec::Kind::kWide, "utf_32be ", nullptr, ""},
    {"utf_32_le", "utf-32-le", Codec::Kind::kWide, "utf_32le ", nullptr, ""},
    {"utf_7", "utf-7", Codec::Kind::kIconv, "u7 unicode_1_1_utf_7 utf7 ", nullptr, "UTF-7"},
    {"utf_8", "utf-8", Codec::Kind::kUtf8, "cp65001 u8 utf utf8 utf8_ucs2 utf8_ucs4 ", nullptr, ""},
    {"utf_8_sig", "utf-8", Codec::Kind::kUtf8, "", nullptr, ""},
    {"uu_codec", "uu-codec", Codec::Kind::kNotText, "uu ", nullptr, ""},
    {"zlib_codec", "zlib-codec", Codec::Kind::kNotText, "zip zlib ", nullptr, ""},
};

}  // namespace

absl::Span<const Codec> AllCodecs() { return kCodecs; }

}  // namespace overt::grammar

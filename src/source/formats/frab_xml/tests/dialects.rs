//! What arrives of each dialect. The programmes are made up; the elements are those of real files.

use super::told;
use insta::assert_snapshot;

#[test]
fn pentabarf_as_fosdem_wrote_it_until_2024() {
    assert_snapshot!(told(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference>
    <title>Free Paper Days 2014</title>
    <subtitle>Papermakers' European Meeting</subtitle>
    <venue>Old Mill (Mus&#233;e)</venue>
    <city>Basel</city>
    <start>2014-02-01</start>
    <end>2014-02-02</end>
    <days>2</days>
    <release>PREVIEW</release>
    <day_change>09:00:00</day_change>
    <timeslot_duration>00:05:00</timeslot_duration>
  </conference>
  <tracks>
    <track online_qa="false">Pulp devroom</track>
  </tracks>
  <day index="1" date="2014-02-01">
    <room name="Vat Hall">
      <event id="17">
        <start>10:30</start>
        <duration>00:45</duration>
        <room>Vat Hall</room>
        <slug>rags</slug>
        <title>CANCELLED From rags to pulp</title>
        <subtitle></subtitle>
        <track>Pulp devroom</track>
        <type>devroom</type>
        <language></language>
        <abstract>&lt;p&gt;What a &lt;em&gt;hollander&lt;/em&gt; does.&lt;/p&gt;</abstract>
        <description></description>
        <persons>
          <person id="3">Alexandra Bright</person>
          <person id="4">Basil Mesh</person>
        </persons>
        <attachments>
          <attachment type="slides" href="https://paper.example/2014/rags.pdf">Slides</attachment>
        </attachments>
        <links>
          <link href="https://video.fosdem.org/2014/rags.webm">Video</link>
          <link href="17/rags.odp">Slides as ODP</link>
        </links>
        <video></video>
        <end></end>
      </event>
    </room>
    <room name="Empty Loft"/>
  </day>
  <day index="2" date="2014-02-02">
    <event id="18">
      <start>02:30</start>
      <duration>01:00</duration>
      <room>Bar</room>
      <title>Party</title>
      <track></track>
      <persons><person id="9">Alexandra Bright</person></persons>
    </event>
  </day>
</schedule>
"#
    ));
}

#[test]
fn fosdem_since_2025() {
    assert_snapshot!(told(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <version>latest</version>
  <conference>
    <acronym>paper-2025</acronym>
    <title>Free Paper Days 2025</title>
    <subtitle></subtitle>
    <venue>Old Mill</venue>
    <city>Basel</city>
    <start>2025-02-01</start>
    <end>2025-02-01</end>
    <days>1</days>
    <day_change>09:00:00</day_change>
    <timeslot_duration>00:05:00</timeslot_duration>
    <base_url>https://paper.example/2025/schedule/</base_url>
    <time_zone_name>Europe/Zurich</time_zone_name>
  </conference>
  <tracks>
    <track online_qa="true">Watermarks</track>
  </tracks>
  <day index="1" date="2025-02-01" start="2025-02-01T09:00:00+01:00" end="2025-02-02T08:59:00+01:00">
    <room name="K.1.105 (Vat Hall)" slug="k1105">
      <event guid="852280ac-61d3-588c-b74c-8d87f9d9d2c6" id="6210">
        <date>2025-02-01T10:35:00+01:00</date>
        <start>10:35</start>
        <duration>00:25</duration>
        <room>K.1.105 (Vat Hall)</room>
        <slug>paper-2025-6210-wires</slug>
        <url>https://paper.example/2025/schedule/event/paper-2025-6210-wires/</url>
        <title>AMENDMENT Wires that write</title>
        <subtitle>With samples</subtitle>
        <track>Watermarks</track>
        <type>devroom</type>
        <language>en</language>
        <abstract><![CDATA[<p>A wire, bent & sewn.</p>]]></abstract>
        <description>&lt;p&gt;Longer.&lt;/p&gt;</description>
        <feedback_url>https://pretalx.paper.example/2025/talk/GVDEQA/feedback/</feedback_url>
        <persons>
          <person id="4744" slug="cecilia_mould">Cecilia Mould</person>
        </persons>
        <attachments/>
        <links/>
      </event>
    </room>
  </day>
</schedule>
"#
    ));
}

#[test]
fn the_hub_of_the_ccc() {
    assert_snapshot!(told(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<schedule xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://c3voc.de/schedule/schema.xsd">
  <generator name="hub" version="2025.1"/>
  <url>https://hub.example/paper/schedule.xml</url>
  <version>2025-03-04 21:21</version>
  <conference>
    <acronym>paper</acronym>
    <title>Paper Camp</title>
    <start>2024-12-27T09:30:00+00:00</start>
    <end>2024-12-27T17:45:00+00:00</end>
    <days>1</days>
    <timeslot_duration>00:10</timeslot_duration>
    <time_zone_name>Europe/Berlin</time_zone_name>
    <url>https://hub.example/paper/</url>
    <logo>/media/paper.png</logo>
    <color primary="#E40429" background="#000000"/>
    <track color="#F9B000" name="Art &amp; Beauty" slug="art-beauty"/>
    <base_url>https://hub.example/paper/</base_url>
  </conference>
  <day date="2024-12-27" end="2024-12-28T06:00:00+01:00" index="1" start="2024-12-27T09:30:00+00:00">
    <room guid="ba692ba3-421b-5371-8309-60acc34a3c05" name="Saal 1">
      <event guid="270fa44c-821a-577f-8ca3-33e8d4a8c2a7" id="2">
        <date>2024-12-28T00:30:00+01:00</date>
        <start>00:30</start>
        <duration>1:00</duration>
        <room>Saal 1</room>
        <slug>paper-opening</slug>
        <url>https://hub.example/paper/de/event/opening/</url>
        <title>Opening</title>
        <subtitle/>
        <language>de, en</language>
        <track>Art &amp; Beauty</track>
        <type>Ceremony</type>
        <abstract>Come.</abstract>
        <description>Come.</description>
        <logo>https://cfp.example/media/opening.webp</logo>
        <persons>
          <person guid="0c16ffaa-709d-599f-959f-9a38b911361a">Dora Quire</person>
        </persons>
        <recording>
          <license>CC BY 4.0</license>
          <optout>true</optout>
          <url>https://media.ccc.de/v/paper-opening</url>
        </recording>
        <links>
          <link href="https://chat.example/paper" type="chat" service="matrix">Chat</link>
        </links>
        <origin_url>https://cfp.example/paper/talk/HQCCYH/</origin_url>
        <feedback_url>https://cfp.example/paper/talk/HQCCYH/feedback/</feedback_url>
        <do_not_stream>True</do_not_stream>
        <answers>
          <answer><answer>file://reel.pdf</answer><question>6</question></answer>
          <answer><answer>vegan</answer><question>7</question></answer>
        </answers>
      </event>
    </room>
  </day>
</schedule>
"##
    ));
}

#[test]
fn merged_schedules_of_the_ccc() {
    assert_snapshot!(told(
        r#"<schedule>
  <version>mkdir; lounges 7; wiki 2020-01-18 18:10</version>
  <conference>
    <acronym>p3</acronym>
    <title>Paper Congress</title>
    <start>2019-12-27</start>
    <end>2019-12-27</end>
    <days>1</days>
    <timeslot_duration>00:10</timeslot_duration>
    <base_url>https://plan.example/2019/plan/</base_url>
  </conference>
  <day index="1" date="2019-12-27" start="2019-12-27T11:00:00+01:00" end="2019-12-28T04:00:00+01:00">
    <room name="Ada">
      <event id="885" guid="fa998bfb-5afc-58d8-8061-92d6ebbd6f94">
        <url>https://plan.example/2019/plan/events/885.html</url>
        <logo>/system/events/logos/885/large/folds.png?157</logo>
        <date>2019-12-27T16:00:00+01:00</date>
        <start>16:00</start>
        <duration>1:00</duration>
        <room>Lounge Ada</room>
        <title>Folds</title>
        <links>
          <link>https://folds.example/</link>
          <link href="www.folds.example/more">More</link>
          <link href="Folds, the book">https://folds.example/book</link>
          <link href="folds.example">Home</link>
          <link>A book that you can borrow</link>
        </links>
        <attachments>
          <attachment href="/system/event_attachments/1/folds.pdf">Slides</attachment>
        </attachments>
        <video_download_url>https://cdn.example/folds.mp4</video_download_url>
        <answers/>
      </event>
      <event id="885" guid="1bb3f4a0-23de-55f7-b233-2048a99fdf77">
        <url>https://oio.example/p3/talk/XVN9PT/</url>
        <logo>/media/p3/glue.png</logo>
        <date>2019-12-27T17:00:00+01:00</date>
        <start>17:00</start>
        <duration>02:00</duration>
        <room>Ada</room>
        <title>Glue for beginners</title>
        <persons><person id="6">Emil Deckle</person></persons>
      </event>
      <event id="886" guid="1bb3f4a0-23de-55f7-b233-2048a99fdf77">
        <url>https://oio.example/p3/talk/XVN9PT/</url>
        <logo>/media/p3/glue.png</logo>
        <date>2019-12-27T20:00:00+01:00</date>
        <start>20:00</start>
        <duration>02:00</duration>
        <room>Ada</room>
        <title>Glue for beginners</title>
        <persons><person id="6">Fritz Bone</person></persons>
      </event>
    </room>
  </day>
</schedule>
"#
    ));
}

#[test]
fn wafer_as_debconf_used_it_in_2017() {
    assert_snapshot!(told(
        r#"<schedule>
  <version></version>
  <conference>
    <title>PaperConf17</title>
    <start>2017-08-05</start>
    <end>2017-08-05</end>
    <days>1</days>
    <day_change>00:00</day_change>
    <timeslot_duration>00:15</timeslot_duration>
  </conference>
    <day date="2017-08-05" index="1">
        <room name="Rex">
                  <event id="246">
                    <date>2017-08-05T10:00:00+00:00</date>
                    <start>10:00</start>
                    <duration>00:45</duration>
                    <room>Rex</room>
                    <track>Open Day</track>
                    <abstract/>
                        <title>Ledgers</title>
                          <description>Double entry.</description>
                        <type>Talk (45 mins)</type>
                        <persons><person id="515">Greta Ream</person></persons>
                        <abstract>In short.</abstract>
                        <released>True</released>
                    <conf_url>/talks/204/</conf_url>
                    <full_conf_url>https://paperconf.example/talks/204/</full_conf_url>
                  </event>
        </room>
    </day>
</schedule>
"#
    ));
}

#[test]
fn wafer_as_debconf_used_it_in_2023() {
    assert_snapshot!(told(
        r#"<schedule>
  <version></version>
  <conference>
    <title>PaperConf23</title>
    <start>2023-09-10</start>
    <end>2023-09-11</end>
    <days>2</days>
    <day_change>00:00</day_change>
    <timeslot_duration>00:15</timeslot_duration>
  </conference>
    <day date="2023-09-09T21:30Z" index="0" start="2023-09-09T21:30Z" end="2023-09-10T18:30Z">
        <room name="Anamudi">
          <event id="1"><date>2023-09-10T04:30:00+00:00</date><start>10:00</start><duration>00:45</duration>
            <room>Anamudi</room><title>Opening</title><track>No Track</track><type/><persons/></event>
          <event id="2"><date>2023-09-09T22:30:00+00:00</date><start>04:00</start><duration>00:30</duration>
            <room>Anamudi</room><title>Sunrise</title><type></type></event>
        </room>
    </day>
    <day date="2023-09-10T21:30Z" index="1"/>
</schedule>
"#
    ));
}

#[test]
fn pretalx_of_2022_and_today() {
    assert_snapshot!(told(
        r##"<?xml version='1.0' encoding='utf-8' ?>
<!-- Made with love by pretalx v2025.2.2. -->
<schedule>
    <generator name="pretalx" system="https://cfp.example" version="2025.2.2" />
    <version>v1.1</version>
    <conference>
        <title>Paper Summit</title>
        <acronym>paper</acronym>
        <start>2027-03-26</start>
        <end>2027-03-26</end>
        <days>1</days>
        <timeslot_duration>00:05</timeslot_duration>
        <base_url>https://cfp.example</base_url>
        <logo>https://cfp.example/media/logo.png</logo>
        <time_zone_name>Europe/Berlin</time_zone_name>
        <color primary="#3aa57c"/>
        <track name="Säure" slug="1-saure"  color="#a3b17a" />
    </conference>
    <day index='1' date='2027-03-26' start='2027-03-26T04:00:00+01:00' end='2027-03-27T03:59:00+01:00'>
        <room name='Saal 1' guid='0b1c7960-d032-5fdc-aab2-3447080d240d'>
            <event guid='baaba52c-7579-5f39-a54c-e2ea8df19a3b' id='1' code='MCL77U'>
                <room>Saal 1</room>
                <title>Acid free</title>
                <subtitle></subtitle>
                <type>Talk</type>
                <date>2027-03-26T09:00:00+01:00</date>
                <start>09:00</start>
                <duration>1:02:30</duration>
                <abstract>Why it *yellows*.
Line two.</abstract>
                <slug>paper-1-acid-free</slug>
                <track>Säure</track>
                <persons>
                    <person id='2' guid='0c16ffaa-709d-599f-959f-9a38b911361a' code='ABCDEF'>Dr. Hanna Laid</person>
                </persons>
                <language>de-formal</language>
                <description>Why it *yellows*.
Line two.</description>
                <recording>
                    <license></license>
                    <optout>false</optout>
                </recording>
                <links><link href="https://acid.example">Site</link></links>
                <attachments><attachment href="/media/paper/submissions/MCL77U/resources/acid.pdf" type="slides">Deck</attachment></attachments>
                <url>https://cfp.example/paper/talk/MCL77U/</url>
                <feedback_url>https://cfp.example/paper/talk/MCL77U/feedback/</feedback_url>
            </event>
            <event guid='3d4850d3-2dfb-5648-b82c-860600bf368a' id='2'>
                <date>2027-03-26T01:50:00+01:00</date>
                <start>01:50</start>
                <duration>01:30</duration>
                <room>Saal 1</room>
                <slug>paper-2-night</slug>
                <url>https://cfp.example/paper/talk/XFUR3C/</url>
                <title>Night shift</title>
                <track></track>
                <logo>/media/paper/night.png</logo>
            </event>
        </room>
    </day>
</schedule>
"##
    ));
}

#[test]
fn frab_with_a_zone_of_rails() {
    assert_snapshot!(told(
        r#"<?xml version="1.0" encoding="utf-8"?>
<schedule>
  <generator name="frab" version="0.7"/>
  <version>Draft 3</version>
  <conference>
    <acronym>PaperCamp</acronym>
    <title>Paper Camp</title>
    <start>2019-08-21</start>
    <end>2019-08-21</end>
    <days>1</days>
    <timeslot_duration>00:15</timeslot_duration>
    <base_url>https://plan.example/</base_url>
    <time_zone_name>Berlin</time_zone_name>
  </conference>
  <day index="1" date="2019-08-21" start="2019-08-21T10:00:00+02:00" end="2019-08-22T04:00:00+02:00">
    <room name="Curie" guid="5a8c9e2e-3b62-4bd0-a4c0-fb45ab3a9d3d">
      <event id="10002" guid="8f0cb7d4-3a9a-4d43-b1a6-0f1b6d5f7d0a">
        <logo>/system/events/logos/10002/original/tent.png</logo>
        <date>2019-08-21T10:00:00+02:00</date>
        <start>10:00</start>
        <duration>00:30</duration>
        <room>Curie</room>
        <slug>papercamp-10002-tents</slug>
        <title>Tents of paper</title>
        <type>lecture</type>
        <recording><license>cc-by</license><optout>true</optout></recording>
        <persons><person id="7">Ida Felt</person></persons>
      </event>
    </room>
  </day>
</schedule>
"#
    ));
}

#[test]
fn osem() {
    assert_snapshot!(told(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <version>0</version>
  <conference>
    <title>paperSUSE</title>
    <acronym>oPC</acronym>
    <start>2018-05-25</start>
    <end>2018-05-25</end>
    <days>1</days>
  </conference>
  <day date="2018-05-25" index="1">
    <room name="Gallery">
      <event guid="0f6b4d6c-7d2b-44d2-9e3a-1f7a6a0b9c11" id="1701">
        <date>2018-05-25T09:00:00+02:00</date>
        <start>07:00</start>
        <duration>00:30</duration>
        <room>Gallery</room>
        <type>Talk</type>
        <language>en</language>
        <slug>1701</slug>
        <title>Build your own press</title>
        <track/>
        <recording><license/><optout>false</optout></recording>
        <persons><person id="12">Jonas Platen</person></persons>
      </event>
    </room>
  </day>
</schedule>
"#
    ));
}
